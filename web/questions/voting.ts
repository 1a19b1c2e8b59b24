/** A vote that this page has sent or is about to send, shown before the server's word is in. */
export type VoteIntent = { up: boolean; count: number }

export type ShownVote = { up: boolean; count: number }

/** What the button shows: the intent while there is one, else what the session says. */
export function shownVote(votes: number, voted: boolean, intent: VoteIntent | undefined): ShownVote {
  return intent ?? { up: voted, count: votes }
}

/** The opposite of what is shown, with the count that will follow if nobody else votes. */
export function toggled(shown: ShownVote): VoteIntent {
  return { up: !shown.up, count: Math.max(0, shown.count + (shown.up ? -1 : 1)) }
}
