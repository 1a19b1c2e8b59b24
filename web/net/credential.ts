/**
 * Who this page is where browsers send it no cookies: in another site's frame. There is one for the whole page, as there is one jar of cookies.
 */
let token: string | undefined

export const frameToken = () => token
export const keepFrameToken = (next: string | undefined) => (token = next)
/** What a request says of it. */
export const frameHeaders = (): Record<string, string> => (token === undefined ? {} : { authorization: `Embed ${token}` })
