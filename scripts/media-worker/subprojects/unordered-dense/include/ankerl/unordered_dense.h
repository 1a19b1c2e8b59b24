// The names that the mediasoup worker uses from ankerl::unordered_dense, on the standard library.
// Slower tables than the original's, but the worker looks up by packet in tables of a few entries only.
#ifndef FANGTAN_ANKERL_UNORDERED_DENSE_H
#define FANGTAN_ANKERL_UNORDERED_DENSE_H

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<typename T>
	using hash = std::hash<T>;

	template<typename Key, typename T, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, T, Hash, Equal>;

	template<typename Key, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense

#endif
