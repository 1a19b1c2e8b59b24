import { stringify } from 'csv-stringify/sync'
import type { Table } from './rules.ts'
import type { Words } from './words.ts'

/**
 * A table as spreadsheets open it without being asked anything: a byte order mark, or Excel takes Chinese for something else; line ends of Windows; and what somebody wrote to look
 * like a formula stays a text. Line breaks are quoted of themselves: alone they are not this table's line ends, and spreadsheets take them for such.
 */
export const csvFrom = (lines: readonly (readonly (string | number)[])[]): string => stringify(lines.map((line) => [...line]), { bom: true, record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ })

export const csvOf = ({ columns, rows }: Table, words: Words): string => csvFrom([columns.map((column) => words.column[column]), ...rows])
