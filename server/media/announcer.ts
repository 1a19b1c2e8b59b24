import type { MediaAudience, StageMedia } from '../../shared/media.ts'
import { AUDIENCES } from './speakerWatch.ts'

export type Announcer = {
  /** Something that somebody may see has changed: told to the audiences concerned, once for all changes of one turn of the event loop. */
  changed: () => void
  /** The stage as `audience` sees it now. */
  stage: (audience: MediaAudience) => StageMedia
  /** Tells what is still untold, then falls silent. */
  close: () => void
}

/** Numbers the states of a room and sends each audience its own whenever it differs from what was sent last. */
export function createAnnouncer(
  generation: string,
  peers: (audience: MediaAudience) => StageMedia['peers'],
  speaker: (audience: MediaAudience) => string | null,
  send: (audience: MediaAudience, stage: StageMedia) => void,
): Announcer {
  const sent: Record<MediaAudience, string> = { viewer: '[]', backstage: '[]', floor: '[]' }
  let version = 0
  let scheduled: NodeJS.Immediate | null = null

  const stage = (audience: MediaAudience): StageMedia => ({ generation, version, peers: peers(audience), speaker: speaker(audience) })

  function flush(): void {
    scheduled = null
    for (const audience of AUDIENCES) {
      const state = stage(audience)
      const content = JSON.stringify(state.peers)
      if (content === sent[audience]) continue
      sent[audience] = content
      send(audience, state)
    }
  }

  return {
    stage,
    changed() {
      version++
      scheduled ??= setImmediate(flush)
    },
    close() {
      if (!scheduled) return
      clearImmediate(scheduled)
      flush()
    },
  }
}
