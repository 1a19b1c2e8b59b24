import type { ConnectionState } from 'mediasoup-client/types'

/** `disconnected` often heals by itself (a phone changing cells): this long it may. */
export const DISCONNECTED_GRACE = 2_000
/** After a restart of ICE the connection must be back within this time. */
export const RESTART_PATIENCE = 6_000

export type IceKeeper = { changed(state: ConnectionState): void; close(): void }

/**
 * Watches one transport's connection: restarts ICE when it breaks, and calls `lost` once when a restart fails or does not help in time.
 * A transport that never connects at all also counts as broken, by the browser's own `failed`.
 */
export function keepConnected({ restart, lost }: { restart: () => Promise<void>; lost: () => void }): IceKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let restarting = false
  let over = false

  function giveUp() {
    if (over) return
    close()
    lost()
  }
  function begin() {
    if (restarting || over) return
    restarting = true
    clearTimeout(timer)
    timer = setTimeout(giveUp, RESTART_PATIENCE)
    restart().catch(giveUp)
  }
  function close() {
    over = true
    clearTimeout(timer)
  }
  return {
    changed(state) {
      if (over) return
      if (state === 'connected') {
        restarting = false
        clearTimeout(timer)
      } else if (state === 'disconnected' && !restarting) {
        clearTimeout(timer)
        timer = setTimeout(begin, DISCONNECTED_GRACE)
      } else if (state === 'failed') {
        if (restarting) giveUp()
        else begin()
      }
    },
    close,
  }
}
