import { computed, inject, onMounted, onScopeDispose, provide, ref, shallowRef } from 'vue'
import type { InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { countyDate } from '../../../shared/rules/county.ts'
import type { DueChoice, SpotRecord } from '../../../shared/spot.ts'
import { getJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useConnection } from '../../net/socket.ts'
import type { SessionState } from '../../sessions/useSession.ts'
import { useSpotText } from '../useSpotText.ts'
import { saveRequest } from './drafts.ts'
import type { SpotDraft } from './drafts.ts'

export type SpotReports = {
  /** It is done; `undo` takes it back. */
  done(text: string, undo: { label: string; run: () => void } | null): void
  failed(refusal: Refusal): void
}

/** What is needed to record: shared by the desk's parts, and by the recorder's page. */
export function createSpotDesk(options: {
  sessionId: string
  state: () => SessionState
  /** This person may record. */
  allowed: () => boolean
  /** Why nothing can be sent now, or null. */
  locked: () => string | null
  /** The seat that speaks now, as far as this page knows. */
  speaker: () => string | null
  reports: SpotReports
}) {
  const { sessionId, state, reports } = options
  const connection = useConnection()
  const { t } = useI18n()
  const text = useSpotText()
  const busy = ref(false)
  const choices = shallowRef<readonly DueChoice[]>([])
  const correcting = shallowRef<SpotRecord | null>(null)
  const withdrawing = shallowRef<SpotRecord | null>(null)
  let asked = ''
  let gone = false
  onScopeDispose(() => (gone = true))

  const open = computed(() => ['live', 'paused', 'ended'].includes(state().session.phase))
  const records = computed(() => [...state().spots.values()].sort((a, b) => b.number - a.number))

  /** @returns what was refused, or null */
  async function run(request: () => Promise<{ record: SpotRecord }>, told: (record: SpotRecord) => void): Promise<Refusal | null> {
    busy.value = true
    try {
      const { record } = await request()
      if (!gone) told(record)
      return null
    } catch (error) {
      return refusalOf(error)
    } finally {
      busy.value = false
    }
  }

  const withdraw = (record: Pick<SpotRecord, 'id' | 'version'>, reason: string): Promise<Refusal | null> =>
    run(
      () => connection.request('spot:withdraw', { sessionId, id: record.id, expectedVersion: record.version, reason }),
      ({ number }) => reports.done(t('spotDesk.undone', { number }), null),
    )

  async function undo(record: SpotRecord): Promise<void> {
    const refused = await withdraw(record, t('spotDesk.undoReason'))
    if (refused && !gone) reports.failed(refused)
  }

  /** Fetches the dates that are offered, once a day. Without a network there is still the calendar. */
  async function prepare(): Promise<void> {
    const today = countyDate(state().serverNow())
    if (asked === today || !options.allowed()) return
    asked = today
    try {
      const found = await getJson<DueChoice[]>('/api/workdays/due')
      if (!gone) choices.value = found
    } catch {
      asked = ''
    }
  }
  onMounted(prepare)

  const desk = {
    sessionId,
    state,
    busy,
    choices,
    correcting,
    withdrawing,
    records,
    speaker: options.speaker,
    /** Whether this person can record here at all. */
    allowed: computed(() => options.allowed() && open.value),
    locked: computed(options.locked),
    today: () => countyDate(state().serverNow()),
    /** Records, or corrects the version that this person saw. Resolves to what was refused, or null; never rejects. */
    save: (draft: SpotDraft, expectedVersion: number | null): Promise<Refusal | null> =>
      run(
        () => connection.request('spot:save', saveRequest(sessionId, draft, state().session.guests, expectedVersion)),
        (record) => reports.done(t('spotDesk.done', { number: record.number, line: text.line(record) }), { label: t('spotDesk.undoLabel', { number: record.number }), run: () => void undo(record) }),
      ),
    /** As {@link save}. */
    withdraw,
    prepare,
  }
  provide(key, desk)
  return desk
}

export type SpotDesk = ReturnType<typeof createSpotDesk>
const key: InjectionKey<SpotDesk> = Symbol('spotDesk')

/** The page's means of recording, or null where nothing is recorded. Call in `setup`. */
export const useSpotDesk = (): SpotDesk | null => inject(key, null)

/** The same where there must be one. */
export function requireSpotDesk(): SpotDesk {
  const desk = useSpotDesk()
  if (!desk) throw new Error('Nothing can be recorded on this page')
  return desk
}
