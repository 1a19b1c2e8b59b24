import { watch, ref } from 'vue'
import type { JoinAs } from '../../shared/protocol/events.ts'
import type { Connection, ConnectionStatus } from '../../web/net/types.ts'
import type { SessionState } from '../../web/sessions/reduce.ts'
import { createSessionFeed } from '../../web/sessions/sessionFeed.ts'
import { onCleanup } from './cleanup.ts'
import type { TestClient } from './client.ts'

/** The web client's line, over a test's socket. */
function connectionOf(client: TestClient): Connection {
  const { socket } = client
  const status = ref<ConnectionStatus>(socket.connected ? 'online' : 'connecting')
  socket.on('connect', () => (status.value = 'online'))
  socket.on('disconnect', () => (status.value = 'reconnecting'))
  const on: Connection['on'] = (event, listener) => {
    const name: string = event
    socket.on(name, listener)
    return () => void socket.off(name, listener)
  }
  return {
    status,
    request: client.request,
    on,
    overhear: on,
    reopen: () => void socket.disconnect().connect(),
    onReconnect(listener) {
      socket.on('connect', listener)
      return () => void socket.off('connect', listener)
    },
    expectBeat: () => () => undefined,
    close: client.close,
  }
}

export type Follower = {
  /** What the page shows now. @throws while it is still loading */
  state: () => SessionState
  /** Resolves with the state as soon as it fits. @throws after `timeoutMs`, saying `what` was waited for */
  until: (fits: (state: SessionState) => boolean, what: string, timeoutMs?: number) => Promise<SessionState>
  close: () => void
}

/** Follows a session with the web client's own feed and reducer, and resolves when it is loaded; a `client` with `reconnect` catches up by itself. */
export async function follow(client: TestClient, sessionId: string, as: JoinAs = 'participant'): Promise<Follower> {
  const feed = createSessionFeed(connectionOf(client), sessionId, as)
  onCleanup(() => feed.close())

  const follower: Follower = {
    state() {
      if (!feed.state.value) throw new Error(`the session is not loaded: ${JSON.stringify(feed.error.value)}`)
      return feed.state.value
    },
    until(fits, what, timeoutMs = 5_000) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          stop()
          reject(new Error(`waited ${timeoutMs} ms in vain for: ${what}`))
        }, timeoutMs)
        const stop = watch(
          feed.state,
          (state) => {
            if (!state || !fits(state)) return
            clearTimeout(late)
            queueMicrotask(() => stop())
            resolve(state)
          },
          { immediate: true, flush: 'sync' },
        )
      })
    },
    close: () => feed.close(),
  }
  await follower.until(() => true, `session ${sessionId} to load as ${as}`)
  return follower
}

/** What is shown, in a form that `toEqual` compares: without what belongs to the moment. Lists that have an order keep it. */
export function shown(state: SessionState) {
  const { epoch, seq, session, stage, questions, own, votes, desk, chat, polls, ownPolls, objections, agenda, floor, hands, ownHand, ownPlace, spots, moderation } = state
  const sorted = <T extends { id: string }>(items: ReadonlyMap<string, T>) => [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const entries = <T>(map: ReadonlyMap<string, T>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
  const people = { votes: [...votes].sort(), ownPolls: entries(ownPolls), objections: entries(objections), moderation }
  const symposium = { agenda, floor, hands: sorted(hands), ownHand, ownPlace, spots: sorted(spots) }
  return { epoch, seq, session, stage, ...symposium, chat, polls: sorted(polls), questions: sorted(questions), own: sorted(own), desk: desk && sorted(desk), ...people }
}
