import type { WrittenAnswer } from '../../shared/questions.ts'

/** Who answered in writing, with their post: one line. Without a guest it is the host's `office`, and whoever signed for it. */
export function authorLine({ guestId, name, post }: Pick<WrittenAnswer, 'guestId' | 'name' | 'post'>, office: string): string {
  return [guestId === null ? office : '', name, post].filter((part) => part !== '').join(' · ')
}
