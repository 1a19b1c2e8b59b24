import type { SessionKind } from '../../../shared/sessions.ts'
import { COLUMNS } from './columns.ts'
import type { Column } from './columns.ts'

/** What stands beside the questions. */
const SIDE_VIEWS = ['stage', 'floor', 'chat', 'polls'] as const
export type SideView = (typeof SIDE_VIEWS)[number]

/** The parts of the desk, of which a narrow screen shows one at a time. */
export type DeskView = Column | SideView
const DESK_VIEWS: readonly DeskView[] = [...COLUMNS, ...SIDE_VIEWS]
/** Those that a session of this kind has: an interview has no floor. */
export const viewsOf = (kind: SessionKind): DeskView[] => DESK_VIEWS.filter((view) => view !== 'floor' || kind === 'symposium')

const SIDE: ReadonlySet<string> = new Set(SIDE_VIEWS)
/** Whether `view` stands beside the questions instead of being one of their columns. */
export const isSide = (view: DeskView): view is SideView => SIDE.has(view)
