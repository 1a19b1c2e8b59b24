import { z } from 'zod'
import { actOnLinkSchema, addTeamSchema, createLinkSchema, linkActParamsSchema, openLinkSchema, sessionParamsSchema, teamParamsSchema } from '../../shared/accounts.ts'
import { colleagueSchema, openedLinkSchema, teamMemberSchema } from '../../shared/api/accounts.ts'
import { meSchema, signInLinkSchema } from '../../shared/api/sessions.ts'
import { NOTHING, data, json } from './operation.ts'
import type { Operation } from './operation.ts'

const links = data(z.array(signInLinkSchema))
const team = data(z.array(teamMemberSchema))

/** Who somebody is here, and how a session's people come in: by links, or by their accounts. */
export const IDENTITY_OPERATIONS: readonly Operation[] = [
  { method: 'get', path: '/api/me', tag: 'identity', summary: 'Who this browser is', description: 'Sets the identity cookie when there is none.', needs: null, answer: data(meSchema), errors: [] },
  { method: 'post', path: '/api/sign-out', tag: 'identity', summary: 'Sign this browser out', description: 'Of whatever kind its sign-in is; without one, nothing happens. Its connections are cut.', needs: null, answer: data(NOTHING), errors: [] },
  { method: 'post', path: '/api/links/open', tag: 'identity', summary: 'Sign in by a link', description: 'What the page `/in/…` sends. A guest’s link is held by one device at a time: `link_in_use` says by which (`current`), and `move` takes it over. Both are told to the desk.', needs: null, body: json(openLinkSchema), answer: data(openedLinkSchema), errors: ['link_invalid', 'link_in_use', 'too_large'] },

  { method: 'get', path: '/api/sessions/:id/links', tag: 'identity', summary: 'Sign-in links of a session', needs: 'session.links', params: sessionParamsSchema, answer: links, errors: ['forbidden'] },
  { method: 'post', path: '/api/sessions/:id/links', tag: 'identity', summary: 'Add a link', description: 'The id is yours: a retry with the same one makes nothing twice. Answers with all links.', needs: 'session.links', params: sessionParamsSchema, body: json(createLinkSchema), answer: links, errors: ['forbidden', 'not_found', 'stale', 'too_large'] },
  { method: 'put', path: '/api/sessions/:id/links/:linkId', tag: 'identity', summary: 'Renew, revoke or limit a link', description: '`renew` makes the address used so far void. Whoever loses the role by it is cut off at once. Answers with all links.', needs: 'session.links', params: linkActParamsSchema, body: json(actOnLinkSchema), answer: links, errors: ['forbidden', 'not_found', 'too_large'] },

  { method: 'get', path: '/api/staff', tag: 'identity', summary: 'Whom one can choose for a team', needs: 'people.view', answer: data(z.array(colleagueSchema)), errors: ['forbidden'] },
  { method: 'get', path: '/api/sessions/:id/team', tag: 'identity', summary: 'Accounts with a role in a session', needs: 'session.team', params: sessionParamsSchema, answer: team, errors: ['forbidden'] },
  { method: 'post', path: '/api/sessions/:id/team', tag: 'identity', summary: 'Give an account a role in a session', description: 'Who has it already keeps it. Answers with the whole team.', needs: 'session.team', params: sessionParamsSchema, body: json(addTeamSchema), answer: team, errors: ['forbidden', 'not_found', 'too_large'] },
  { method: 'delete', path: '/api/sessions/:id/team/:grantId', tag: 'identity', summary: 'Take it away again', description: 'Answers with the whole team.', needs: 'session.team', params: teamParamsSchema, answer: team, errors: ['forbidden', 'not_found'] },
]
