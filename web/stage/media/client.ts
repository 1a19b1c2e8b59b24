import type { MediaAudience, StageMedia } from '../../../shared/media.ts'
import type { ErrorCode, Refusal } from '../../../shared/protocol/errors.ts'
import { isPassing, refusalOf } from '../../net/refusal.ts'
import { backoff } from './backoff.ts'
import { fetchMediaLibrary } from './device.ts'
import { openRoom } from './room.ts'
import type { Room } from './room.ts'
import { createRounds } from './rounds.ts'
import { nextStatus } from './status.ts'
import type { StageSignal, StageStatus } from './status.ts'
import { RoomClosed } from './types.ts'
import type { MediaLink, Publications, PublishRefused } from './types.ts'
import type { Wish } from './wishes.ts'

export type StageClientOptions = {
  link: MediaLink
  sessionId: string
  audience: MediaAudience
  /** Which seat to take, for who has two. */
  seat?: 'guest' | 'host'
  /** Asked at every round, so it may answer from what the page shows now. */
  wishes: (stage: StageMedia) => Wish[]
  publications: () => Publications
  report: {
    status(status: StageStatus, refusal: Refusal | null): void
    /** The seat under which this page publishes, null when it may only receive. */
    seat(seatId: string | null): void
    stage(stage: StageMedia | null): void
    track(producerId: string, track: MediaStreamTrack | null): void
    refused: PublishRefused
  }
}

export type StageClient = {
  /** Joins and stays joined until `stop`. Also takes a seat back that was opened elsewhere. */
  start(): void
  stop(): void
  /** Something that `wishes` or `publications` depend on has changed. */
  update(): void
  room(): Room | null
  close(): void
}

/**
 * Keeps one page in a session's media, whatever happens: every cause (a message, a lost line, a changed wish) asks for a round, and a round brings the room to what is wanted now.
 */
export function createStageClient({ link, sessionId, audience, seat, wishes, publications, report }: StageClientOptions): StageClient {
  let active = false
  let status: StageStatus = 'idle'
  let room: Room | null = null
  let stage: StageMedia | null = null
  /** Counts the rooms given up; a join under way for an earlier one is worthless. */
  let era = 0
  let attempts = 0
  /** The newest that was told while joining. */
  let early: StageMedia | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  const rounds = createRounds(round)

  function signal(next: StageSignal, refusal: Refusal | null = null) {
    status = nextStatus(status, next)
    report.status(status, refusal)
  }

  function setStage(next: StageMedia | null) {
    stage = next
    report.stage(next)
  }

  /** Follows a stage told by the server: of another generation, the room is another too. */
  function take(next: StageMedia) {
    if (room && next.generation !== room.generation) rejoinNow()
    else if (stage && overtakes(stage, next)) {
      setStage(next)
      rounds.ask()
    }
  }

  function dropRoom() {
    era += 1
    room?.close()
    room = null
    clearTimeout(retry)
    retry = undefined
  }

  function lost(refusal: Refusal | null = null) {
    dropRoom()
    attempts += 1
    signal({ type: 'lost', attempts }, refusal)
    retry = setTimeout(() => {
      retry = undefined
      rounds.ask()
    }, backoff(attempts, Math.random()))
  }

  function rejoinNow() {
    if (!active) return
    dropRoom()
    attempts = 0
    signal({ type: 'lost', attempts: 1 })
    rounds.ask()
  }

  async function join(): Promise<void> {
    const mine = era
    early = null
    const joined = await link.request('media:join', { sessionId, audience, seat })
    if (mine !== era) throw new RoomClosed()
    report.seat(joined.seatId)
    setStage(joined.stage)
    const opened = await openRoom(link, sessionId, joined, { track: report.track, refused: report.refused, lost, changed: settle })
    if (mine !== era) {
      opened.close()
      throw new RoomClosed()
    }
    room = opened
    if (early) take(early)
  }

  function settle() {
    if (!room || !stage) return
    const receiving = wishes(stage).length > 0
    const connected = room.sender.connected() && (!receiving || room.receiver.connected())
    if (connected) attempts = 0
    signal({ type: 'settled', receiving, connected })
  }

  async function round(): Promise<void> {
    if (!active || retry !== undefined) return
    const mine = era
    try {
      if (!room) await join()
      if (!room || !stage) return
      await Promise.all([room.receiver.sync(wishes(stage)), room.sender.sync(publications())])
      settle()
    } catch (error) {
      // Given up meanwhile: whoever did so has asked for the next round.
      if (error instanceof RoomClosed || mine !== era) return
      const refusal = refusalOf(error)
      if (mayPass(error, refusal.code)) lost(refusal)
      else {
        dropRoom()
        setStage(null)
        active = false
        signal({ type: 'refused' }, refusal)
      }
    }
  }

  const undo = [
    link.on('media:stage', (message) => {
      if (message.sessionId !== sessionId || !active) return
      if (room) take(message.stage)
      else if (!early || overtakes(early, message.stage)) early = message.stage
    }),
    link.on('media:speaker', (message) => {
      if (message.sessionId === sessionId && room && stage) setStage({ ...stage, speaker: message.speaker })
    }),
    link.on('media:restart', (message) => {
      if (message.sessionId === sessionId) rejoinNow()
    }),
    link.on('media:replaced', (message) => {
      if (message.sessionId !== sessionId || !active) return
      active = false
      dropRoom()
      setStage(null)
      signal({ type: 'replaced' })
    }),
    // The server has forgotten this socket and everything that hung on it.
    link.onReconnect(rejoinNow),
  ]

  function stop() {
    if (!active) {
      signal({ type: 'stop' })
      return
    }
    active = false
    dropRoom()
    setStage(null)
    signal({ type: 'stop' })
    // Nobody waits for the answer: a server that cannot be told closes the room with the socket.
    link.request('media:leave', { sessionId }).catch(() => undefined)
  }

  return {
    start() {
      if (active) return
      active = true
      attempts = 0
      signal({ type: 'start' })
      // On its way while the server is asked; a failure shows when it is needed.
      fetchMediaLibrary().catch(() => undefined)
      rounds.ask()
    },
    stop,
    update: rounds.ask,
    room: () => room,
    close() {
      stop()
      for (const undoOne of undo) undoOne()
    },
  }
}

/** Whether `next` replaces `now`: states may arrive out of order. */
function overtakes(now: StageMedia, next: StageMedia): boolean {
  return next.generation !== now.generation || next.version > now.version
}

/** Whether joining may succeed later without a change of rights, phase, page or browser. */
function mayPass(error: unknown, code: ErrorCode): boolean {
  if (error instanceof Error && error.name === 'UnsupportedError') return false
  return isPassing(code) && code !== 'protocol_mismatch'
}
