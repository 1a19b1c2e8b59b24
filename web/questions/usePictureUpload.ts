import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { uploadFile } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'
import { useGate } from '../residents/gate.ts'
import { UnreadablePicture, shrinkPicture } from '../ui/shrinkPicture.ts'

/** The longer side of a question's picture as it is sent, in pixels: a document photographed stays readable. */
const LONGEST_SIDE = 1_600

export type PictureProblem = 'unreadable' | Refusal

/** The one picture that goes with a question: made smaller here, sent with progress, kept by its id. `busy` while a chosen one is not there yet. */
export function usePictureUpload(sessionId: string, pictureId: Ref<string | null>) {
  const gate = useGate()
  const file = shallowRef<Blob | null>(null)
  const local = ref<string | null>(null)
  const progress = ref<number | null>(null)
  const problem = shallowRef<PictureProblem | null>(null)
  let giveUp: AbortController | null = null

  function forget() {
    giveUp?.abort()
    giveUp = null
    if (local.value !== null) URL.revokeObjectURL(local.value)
    local.value = null
    file.value = null
    progress.value = null
    problem.value = null
  }
  onScopeDispose(forget)
  // Sent or put aside elsewhere: its preview goes with it.
  watch(pictureId, (id) => {
    if (id === null && progress.value === null && problem.value === null) forget()
  })

  async function send(chosen: Blob) {
    const mine = new AbortController()
    giveUp = mine
    progress.value = 0
    problem.value = null
    try {
      const small = await shrinkPicture(chosen, LONGEST_SIDE)
      if (mine.signal.aborted) return
      const { id } = await gate.through(() => uploadFile<{ id: string }>(`/api/pictures?session=${sessionId}`, small, (share) => (progress.value = share), mine.signal))
      if (!mine.signal.aborted) pictureId.value = id
    } catch (thrown) {
      if (mine.signal.aborted) return
      problem.value = thrown instanceof UnreadablePicture ? 'unreadable' : refusalOf(thrown)
    }
    progress.value = null
  }

  return {
    /** What to show of it; null when there is none. */
    preview: computed(() => local.value ?? (pictureId.value === null ? null : `/api/pictures/${pictureId.value}`)),
    /** Share of it that is sent, 0 to 1; null when nothing is under way. */
    progress,
    problem,
    busy: computed(() => progress.value !== null),
    choose(chosen: Blob): Promise<void> {
      forget()
      pictureId.value = null
      file.value = chosen
      local.value = URL.createObjectURL(chosen)
      return send(chosen)
    },
    /** Sends the chosen one again after it failed. */
    retry: (): Promise<void> => (file.value ? send(file.value) : Promise.resolve()),
    remove() {
      forget()
      pictureId.value = null
    },
  }
}
