export const WATCH_TABS = ['questions', 'chat'] as const
export type WatchTab = (typeof WATCH_TABS)[number]
