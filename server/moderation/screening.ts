import type { HeldReason } from '../../shared/questions.ts'
import type { SessionCommit } from '../sessions/commit.ts'
import { DEFAULT_WORDS, findsWord, prepareWords } from './words.ts'

/** Key of the installation's list among its settings. */
export const WORDS_SETTING = 'words'

export const platformWords = (valueJson: string | null): string[] => (valueJson === null ? [...DEFAULT_WORDS] : (JSON.parse(valueJson) as string[]))

/** Lists that are kept ready: the installation's and those of the sessions at hand. */
const READY_LISTS = 50

/** Says why something that somebody wrote must wait for review. It never declines. */
export type Screening = (tx: SessionCommit, author: string, texts: readonly string[]) => Promise<HeldReason[]>

export function createScreening(): Screening {
  /** By the list's own text, so that a list replaced by another process is noticed. */
  const ready = new Map<string, string[]>()

  function prepared(key: string, words: () => readonly string[]): string[] {
    const known = ready.get(key)
    if (known) return known
    if (ready.size >= READY_LISTS) ready.clear()
    const list = prepareWords(words())
    ready.set(key, list)
    return list
  }

  return async (tx, author, texts) => {
    const setting = await tx.moderation.setting(WORDS_SETTING)
    const sanction = await tx.moderation.sanctionOf(tx.session.id, author)
    const { words } = tx.session
    const found = findsWord(prepared(setting ?? '', () => platformWords(setting)), texts) || (words.length > 0 && findsWord(prepared(JSON.stringify(words), () => words), texts))
    return [...(found ? (['sensitive_word'] as const) : []), ...(sanction === 'mute' ? (['muted'] as const) : sanction === 'ban' ? (['banned'] as const) : [])]
  }
}
