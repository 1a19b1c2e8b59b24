/** Raised whenever a page of the previous version could no longer talk to this server. Sent in the handshake; a mismatch asks for a reload. */
export const PROTOCOL_VERSION = 4
