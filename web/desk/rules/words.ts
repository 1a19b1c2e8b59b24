import { LIMITS } from '../../../shared/limits.ts'
import { cleanLine, countCharacters } from '../../../shared/rules/text.ts'

/** The words of a text with one on each line, in order, nothing empty and nothing twice. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split('\n').map(cleanLine).filter((word) => word !== ''))]
}

/** The first thing that keeps a list from being taken, or null. */
export function wordTrouble(words: readonly string[]): { kind: 'many'; count: number } | { kind: 'long'; word: string } | null {
  if (words.length > LIMITS.words) return { kind: 'many', count: words.length - LIMITS.words }
  const word = words.find((candidate) => countCharacters(candidate) > LIMITS.wordLength)
  return word === undefined ? null : { kind: 'long', word }
}
