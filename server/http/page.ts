import { readFile, stat } from 'node:fs/promises'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

const TITLE = /<title>[^<]*<\/title>/

/**
 * The pages of which other sites show something: the built page with what `headOf` says of the path in its head, in place of the title. Whatever has nothing to say goes on to the page as it is.
 */
export function pagesWithHead({ file, headOf, log }: { file: string; headOf: (path: string) => Promise<string | null>; log: Logger }): RequestHandler {
  let template: { html: string; changed: number } | null = null

  /** Built anew while the server runs, it is read anew. */
  async function page(): Promise<string | null> {
    const changed = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    )
    if (changed === null) return null
    if (template?.changed !== changed) template = { html: await readFile(file, 'utf8'), changed }
    return template.html
  }

  return (request, response, next) => {
    Promise.all([page(), headOf(request.path)])
      .then(([html, head]) => {
        if (html === null || head === null) return next()
        response.set('Cache-Control', 'no-cache').type('html').send(html.replace(TITLE, () => head))
      })
      .catch((error: unknown) => {
        // The page itself finds out what is wrong, and says so.
        log.error({ err: error }, 'what is said of a page could not be read')
        next()
      })
  }
}
