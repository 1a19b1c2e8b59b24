// The part of libsrtp 3's interface that the mediasoup worker uses, on top of the system's libsrtp 2.
//
// libsrtp 3 has an opaque policy and works from one buffer into another; libsrtp 2 has a plain
// struct and works in place. So here the policy owns such a struct and its key, and each packet is
// copied to the output buffer and worked on there.
#ifndef FANGTAN_SRTP3_ON_SRTP2_H
#define FANGTAN_SRTP3_ON_SRTP2_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// libsrtp 3 gives this name to a pointer, libsrtp 2 to a struct.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

// Errors that libsrtp 2 does not have, with libsrtp 3's values.
inline constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct srtp3_policy_st
{
	srtp2_policy_t policy{};
	std::array<unsigned char, SRTP_MAX_KEY_LEN> key{};
};

using srtp_policy_t = srtp3_policy_st*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) srtp3_policy_st{};

	if (*policy == nullptr)
	{
		return srtp_err_status_alloc_fail;
	}

	(*policy)->policy.key = (*policy)->key.data();

	return srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy == nullptr)
	{
		return;
	}

	// Key material: a write that the compiler must not drop.
	volatile unsigned char* bytes = policy->key.data();

	for (std::size_t i = 0; i < policy->key.size(); ++i)
	{
		bytes[i] = 0;
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t err =
	  srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

// The worker gives a single key and no MKI; libsrtp 2 wants the salt right behind the key.
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  std::size_t keyLen,
  const uint8_t* salt,
  std::size_t saltLen,
  const uint8_t* mki,
  std::size_t mkiLen)
{
	if (mki != nullptr || mkiLen != 0 || keyLen + saltLen > policy->key.size())
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key.data(), key, keyLen);
	std::memcpy(policy->key.data() + keyLen, salt, saltLen);

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, std::size_t size)
{
	policy->policy.window_size = size;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->policy));
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

namespace fangtan::srtp
{
	// Copies a packet to where libsrtp 2 shall change it in place, unless it is there already.
	inline void place(const uint8_t* in, std::size_t inLen, uint8_t* out)
	{
		if (in != out)
		{
			std::memmove(out, in, inLen);
		}
	}
} // namespace fangtan::srtp

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, std::size_t rtpLen, uint8_t* srtp, std::size_t* srtpLen, std::size_t /*mkiIndex*/)
{
	uint32_t trailer{ 0 };
	srtp_err_status_t err = srtp_get_protect_trailer_length(session, 0, 0, &trailer);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	if (rtpLen + trailer > *srtpLen)
	{
		return srtp_err_status_buffer_small;
	}

	fangtan::srtp::place(rtp, rtpLen, srtp);

	int len = static_cast<int>(rtpLen);

	err      = srtp_protect(session, static_cast<void*>(srtp), &len);
	*srtpLen = static_cast<std::size_t>(len);

	return err;
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session,
  const uint8_t* rtcp,
  std::size_t rtcpLen,
  uint8_t* srtcp,
  std::size_t* srtcpLen,
  std::size_t /*mkiIndex*/)
{
	uint32_t trailer{ 0 };
	srtp_err_status_t err = srtp_get_protect_rtcp_trailer_length(session, 0, 0, &trailer);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	if (rtcpLen + trailer > *srtcpLen)
	{
		return srtp_err_status_buffer_small;
	}

	fangtan::srtp::place(rtcp, rtcpLen, srtcp);

	int len = static_cast<int>(rtcpLen);

	err       = srtp_protect_rtcp(session, static_cast<void*>(srtcp), &len);
	*srtcpLen = static_cast<std::size_t>(len);

	return err;
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, std::size_t srtpLen, uint8_t* rtp, std::size_t* rtpLen)
{
	if (srtpLen > *rtpLen)
	{
		return srtp_err_status_buffer_small;
	}

	fangtan::srtp::place(srtp, srtpLen, rtp);

	int len = static_cast<int>(srtpLen);

	const srtp_err_status_t err = srtp_unprotect(session, static_cast<void*>(rtp), &len);
	*rtpLen                     = static_cast<std::size_t>(len);

	return err;
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, std::size_t srtcpLen, uint8_t* rtcp, std::size_t* rtcpLen)
{
	if (srtcpLen > *rtcpLen)
	{
		return srtp_err_status_buffer_small;
	}

	fangtan::srtp::place(srtcp, srtcpLen, rtcp);

	int len = static_cast<int>(srtcpLen);

	const srtp_err_status_t err = srtp_unprotect_rtcp(session, static_cast<void*>(rtcp), &len);
	*rtcpLen                    = static_cast<std::size_t>(len);

	return err;
}

#endif
