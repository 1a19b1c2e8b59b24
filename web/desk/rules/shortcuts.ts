import type { QuestionAction } from '../../../shared/questions.ts'

/** What the desk does with a question: all but what its asker does. */
export type DeskAction = Exclude<QuestionAction, 'withdraw' | 'revise'>
/** Commands about the selected question that are no step in its life. */
export type CardCommand = 'details' | 'mark'
export type Command = 'next' | 'previous' | 'first' | 'last' | 'column_left' | 'column_right' | Exclude<DeskAction, 'split'> | CardCommand | 'mark_all' | 'unmark' | 'undo' | 'show_new' | 'filter' | 'offline' | 'help'

/** What a key does. `letters` are single characters and can be switched off (WCAG 2.1.4); `keys` act only while a card has the focus. */
export type Shortcut = { command: Command; letters: readonly string[]; keys: readonly string[] }

export const SHORTCUTS: readonly Shortcut[] = [
  { command: 'next', letters: ['j'], keys: ['ArrowDown'] },
  { command: 'previous', letters: ['k'], keys: ['ArrowUp'] },
  { command: 'column_left', letters: ['h'], keys: ['ArrowLeft'] },
  { command: 'column_right', letters: ['l'], keys: ['ArrowRight'] },
  { command: 'first', letters: [], keys: ['Home'] },
  { command: 'last', letters: [], keys: ['End'] },
  { command: 'approve', letters: ['a'], keys: [] },
  { command: 'decline', letters: ['d'], keys: [] },
  { command: 'edit', letters: ['e'], keys: [] },
  { command: 'merge', letters: ['m'], keys: [] },
  { command: 'air', letters: ['o'], keys: [] },
  { command: 'answer', letters: ['f'], keys: [] },
  { command: 'time', letters: ['+'], keys: [] },
  { command: 'reply', letters: ['w'], keys: [] },
  { command: 'label', letters: ['t'], keys: [] },
  { command: 'assign', letters: ['g'], keys: [] },
  { command: 'take_back', letters: ['u'], keys: [] },
  { command: 'details', letters: ['i'], keys: ['Enter'] },
  { command: 'mark', letters: ['x'], keys: [] },
  { command: 'mark_all', letters: ['*'], keys: [] },
  { command: 'unmark', letters: [], keys: ['Escape'] },
  { command: 'undo', letters: ['z'], keys: [] },
  { command: 'show_new', letters: ['n'], keys: [] },
  { command: 'filter', letters: ['/'], keys: [] },
  { command: 'offline', letters: ['b'], keys: [] },
  { command: 'help', letters: ['?'], keys: [] },
]

/** Keys that other layouts and input methods send for the same sign. */
const ALIASES: Record<string, string> = { '？': '?', '、': '/', '／': '/', '＋': '+', '=': '+', '×': '*', '＊': '*' }

const MAY_REPEAT: ReadonlySet<Command> = new Set(['next', 'previous', 'column_left', 'column_right'])

export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; repeat: boolean; isComposing: boolean }
export type KeyContext = {
  /** The focus is in a field, where letters are text. */
  typing: boolean
  /** A dialog or menu is open: keys are its own. */
  covered: boolean
  /** The focus is on a card or inside one. */
  onCard: boolean
  /** The focus is on a button or link, which takes Enter for itself. */
  onControl: boolean
  lettersEnabled: boolean
}

/** The command of a key press, or null when it is not the desk's. A key held down moves on but never acts again. */
export function commandFor(press: KeyPress, context: KeyContext): Command | null {
  if (context.typing || context.covered || press.isComposing) return null
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (press.key === 'Enter' && context.onControl) return null
  const letter = ALIASES[press.key] ?? press.key.toLowerCase()
  const found = SHORTCUTS.find((shortcut) => (context.onCard && shortcut.keys.includes(press.key)) || (context.lettersEnabled && shortcut.letters.includes(letter)))
  if (!found || (press.repeat && !MAY_REPEAT.has(found.command))) return null
  return found.command
}
