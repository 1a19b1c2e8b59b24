import { LIMITS } from '../../../shared/limits.ts'
import { cleanLine, countCharacters } from '../../../shared/rules/text.ts'

type PastedPerson = { name: string; phone: string | null }
/** A line that cannot be taken, counted from 1. `phone`: what stands behind the name is no number. `known`: on the list already. */
type PastedProblem = { line: number; text: string; code: 'name' | 'too_long' | 'phone' | 'twice' | 'known' }
export type Pasted = { people: PastedPerson[]; problems: PastedProblem[] }

/** As lists are numbered: 1. · 2、 · (3) · （4） */
const NUMBERING = /^(?:\d{1,3}[.．、)）]|[(（]\d{1,3}[)）])\s*/
/** What stands between name and number in a table or a message. */
const NAME_AND_NUMBER = /^(.*?)[\s,，;；:：、|]*(\+?\d[\d\s-]*)$/
const PHONE = /^\+?\d{6,15}$/

/** Full-width digits and signs, as Chinese keyboards make them, as plain ones. */
const plain = (text: string) => text.replace(/[０-９＋－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

function personOf(text: string): PastedPerson | PastedProblem['code'] {
  const parts = NAME_AND_NUMBER.exec(text)
  const name = cleanLine(parts?.[1] ?? text).replace(/[\s,，;；、]+$/, '')
  const phone = parts?.[2]?.replace(/[\s-]/g, '') ?? null
  if (name === '') return 'name'
  if (countCharacters(name) > LIMITS.nameLength) return 'too_long'
  if (phone !== null && !PHONE.test(phone)) return 'phone'
  return { name, phone }
}

/**
 * A pasted list of names, one on each line, perhaps numbered and with a phone number behind the name.
 * @param known names that the same forum has on its list
 */
export function readPasted(text: string, known: readonly string[] = []): Pasted {
  const people: PastedPerson[] = []
  const problems: PastedProblem[] = []
  const listed = new Set(known)
  const seen = new Set<string>()
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    const line = plain(cleanLine(raw)).replace(NUMBERING, '')
    if (line === '') continue
    const person = personOf(line)
    const problem = typeof person === 'string' ? person : seen.has(`${person.name} ${person.phone}`) ? 'twice' : listed.has(person.name) ? 'known' : null
    if (problem !== null) problems.push({ line: index + 1, text: cleanLine(raw), code: problem })
    else if (typeof person !== 'string') {
      people.push(person)
      seen.add(`${person.name} ${person.phone}`)
    }
  }
  return { people, problems }
}
