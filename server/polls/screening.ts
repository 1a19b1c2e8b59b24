import { WORDS_SETTING, platformWords } from '../moderation/screening.ts'
import { findsWord, prepareWords } from '../moderation/words.ts'
import { pseudonym } from '../questions/rules.ts'
import type { SessionCommit } from '../sessions/commit.ts'

/** One word that nobody has given before, and who gives it now. */
export type GivenWord = { word: string; personId: string }

/** Says which words must wait for review: those that hold a sensitive word, and those of somebody who is muted or banned. */
export type ScreenWords = (tx: SessionCommit, given: readonly GivenWord[]) => Promise<ReadonlySet<string>>

export function createWordScreening(secret: string): ScreenWords {
  return async (tx, given) => {
    const prepared = prepareWords([...platformWords(await tx.moderation.setting(WORDS_SETTING)), ...tx.session.words])
    const authors = new Set((await tx.moderation.sanctions(tx.session.id)).map(({ author }) => author))
    const waits = ({ word, personId }: GivenWord) => findsWord(prepared, [word]) || (authors.size > 0 && authors.has(pseudonym(secret, tx.session.id, personId)))
    return new Set(given.filter(waits).map(({ word }) => word))
  }
}
