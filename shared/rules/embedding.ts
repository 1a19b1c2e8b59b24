/** How other sites show a session: addresses, and the lines of HTML that are pasted there. `origin` is ours, without a slash at its end. */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** What no XML may contain, however it is written: one such character, and no reader takes anything of the whole. */
const NEVER_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** `text` as it may stand in HTML and XML, between tags and in quoted attributes. */
export const escapeMarkup = (text: string): string => text.replace(NEVER_IN_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

export const watchAddress = (origin: string, sessionId: string) => `${origin}/s/${sessionId}`
export const embedAddress = (origin: string, sessionId: string, forum: string | null) => `${origin}/embed/${sessionId}${forum === null ? '' : `?forum=${forum}`}`

/** Height of a frame that cannot follow its content, in pixels. */
export const FRAME_HEIGHT = 720
export const FRAME_WIDTH = 720

/** The line for a forum's thread: the frame is as high as what is in it. */
export const embedScript = (origin: string, sessionId: string, forum: string | null) =>
  `<script src="${escapeMarkup(origin)}/embed.js" data-session="${sessionId}"${forum === null ? '' : ` data-forum="${forum}"`} async></script>`

/** The line for pages that take no scripts. `width`: pixels, or the whole of the page around it. */
export const embedFrame = (origin: string, sessionId: string, forum: string | null, { title, width = '100%', height = FRAME_HEIGHT }: { title: string; width?: number | '100%'; height?: number }) =>
  `<iframe src="${escapeMarkup(embedAddress(origin, sessionId, forum))}" title="${escapeMarkup(title)}" width="${width}" height="${height}" style="border:0" loading="lazy" allow="autoplay; fullscreen; picture-in-picture"></iframe>`
