import type { RuleVerdict } from '../../shared/rules/selection.ts'

/** Whether the whole promise is kept: broken when a part is, kept when all parts are, else (null) not decided. A rule without parts that can be judged promises nothing more. */
export function keptWhole({ top, topics }: RuleVerdict): boolean | null {
  const parts = [top, topics].flatMap((part) => (part ? [part.kept] : []))
  if (parts.includes(false)) return false
  return parts.length > 0 && parts.every((kept) => kept === true) ? true : null
}
