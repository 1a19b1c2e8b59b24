import type { DoorEntry } from '../../../shared/attendance.ts'

/** Whom somebody represents and where they sit, in one line. */
export function whereabouts({ forum, seat, table }: Pick<DoorEntry, 'forum' | 'seat' | 'table'>, t: (key: string, named: Record<string, unknown>) => string): string {
  return [forum, seat && t('attendance.seatIs', { seat }), table].filter((part) => part !== '').join(' · ')
}
