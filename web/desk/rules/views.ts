import { COLUMNS } from './columns.ts'
import type { Column } from './columns.ts'

/** What stands beside the questions. */
const SIDE_VIEWS = ['stage', 'chat', 'polls'] as const
export type SideView = (typeof SIDE_VIEWS)[number]

/** The parts of the desk, of which a narrow screen shows one at a time. */
export type DeskView = Column | SideView
export const DESK_VIEWS: readonly DeskView[] = [...COLUMNS, ...SIDE_VIEWS]

const SIDE: ReadonlySet<string> = new Set(SIDE_VIEWS)
/** Whether `view` stands beside the questions instead of being one of their columns. */
export const isSide = (view: DeskView): view is SideView => SIDE.has(view)
