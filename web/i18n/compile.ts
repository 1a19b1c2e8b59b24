import type { MessageTree } from './merge.ts'

/**
 * The source text of a module that exports `tree` ready for vue-i18n: each text becomes a function, so that no page carries the compiler.
 * Understands `{name}` and `one | other`. @throws Error for vue-i18n's other signs (links, quoted braces)
 */
export function compileMessages(tree: MessageTree): string {
  return `export default ${compileTree(tree)}`
}

function compileTree(tree: MessageTree): string {
  const entries = Object.entries(tree).map(([key, value]) => `${JSON.stringify(key)}:${typeof value === 'string' ? compileText(value) : compileTree(value)}`)
  return `{${entries.join(',')}}`
}

function compileText(text: string): string {
  const forms = text.split(' | ').map((form) => compileForm(form, text))
  if (forms.length > 1) return `({named:n,plural:p})=>p([${forms.join(',')}])`
  return `${text.includes('{') ? '({named:n})' : '()'}=>${forms[0] ?? ''}`
}

/** An expression that makes one form, where `n` gives what fills a gap. */
function compileForm(form: string, text: string): string {
  const pieces = form.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 1) return `n(${JSON.stringify(part)})`
    if (/[{}|]|@[:.]/.test(part)) throw new Error(`Only {name} may be used in a text: ${text}`)
    return JSON.stringify(part)
  })
  return pieces.filter((piece, index) => index === 0 || piece !== '""').join('+')
}
