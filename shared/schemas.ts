import { z } from 'zod'
import { cleanLine, cleanText, countCharacters } from './rules/text.ts'

/** Longest raw string worth counting: bounds the work before graphemes are segmented. A grapheme is rarely over 11 UTF-16 units (a family emoji). */
const UNITS_PER_CHARACTER = 16

function bounded(clean: (text: string) => string, min: number, max: number) {
  return z
    .string()
    .max(max * UNITS_PER_CHARACTER)
    .transform(clean)
    .refine((text) => countCharacters(text) >= min, { params: { code: 'too_short', min } })
    .refine((text) => countCharacters(text) <= max, { params: { code: 'too_long', max } })
}

/** Text of several lines, cleaned, with a length in characters as a reader counts them. */
export const textSchema = (min: number, max: number) => bounded(cleanText, min, max)
/** The same on one line. */
export const lineSchema = (min: number, max: number) => bounded(cleanLine, min, max)

export const sessionIdSchema = z.string().regex(/^[a-z0-9]{6,20}$/)
export const idSchema = z.uuid()
/** UTC, ISO 8601, milliseconds: 2026-11-22T01:30:00.000Z */
export const instantSchema = z.iso.datetime({ precision: 3 })
export const versionSchema = z.int().min(0)
