import { createDecipheriv, createECDH, createHmac, randomBytes } from 'node:crypto'
import type { PushMessage, PushSubscriptionInput } from '../../shared/push.ts'

export type Device = { subscription: PushSubscriptionInput; /** What a push to this device says. @throws when it was encrypted for another */ read: (body: Buffer) => PushMessage }

const hmac = (key: Buffer, ...parts: Buffer[]) => createHmac('sha256', key).update(Buffer.concat(parts)).digest()

/** A browser's side of web push (RFC 8291): keys to subscribe with, and how a message for them is read. */
export function createDevice(endpoint: string, locale: PushSubscriptionInput['locale']): Device {
  const ecdh = createECDH('prime256v1')
  const publicKey = ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    subscription: { endpoint, keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') }, locale },
    read(body) {
      // salt (16), record size (4), length of the sender's key (1), that key, then the one record.
      const salt = body.subarray(0, 16)
      const keyEnd = 21 + body.readUInt8(20)
      const sender = body.subarray(21, keyEnd)
      const record = body.subarray(keyEnd)
      const secret = hmac(hmac(auth, ecdh.computeSecret(sender)), Buffer.from('WebPush: info\0'), publicKey, sender, Buffer.from([1]))
      const pseudoRandom = hmac(salt, secret)
      const key = hmac(pseudoRandom, Buffer.from('Content-Encoding: aes128gcm\0'), Buffer.from([1])).subarray(0, 16)
      const nonce = hmac(pseudoRandom, Buffer.from('Content-Encoding: nonce\0'), Buffer.from([1])).subarray(0, 12)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16))
      const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString()) as PushMessage
    },
  }
}
