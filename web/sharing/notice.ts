import type { Agenda } from '../../shared/agenda.ts'
import { escapeMarkup } from '../../shared/rules/embedding.ts'
import { plannedStarts } from '../../shared/rules/agenda.ts'
import type { SessionView } from '../../shared/sessions.ts'

/** What a notice says, in words that are ready to be read. */
export type Notice = {
  title: string
  about: string
  /** Label and value: when, where, who. */
  facts: { label: string; value: string }[]
  agendaTitle: string
  agenda: { time: string; title: string; speakers: string }[]
  /** Paragraphs. */
  words: string[]
  linkLabel: string
  address: string
}

export type NoticeWords = { time: string; venue: string; guests: string; agenda: string; link: string; /** How to take part. */ closing: string }

/** The notice of a session, for the top of a forum. `when`, `clock`: an instant (ISO 8601) as it is read. */
export function noticeOf(session: SessionView, agenda: Agenda, address: string, words: NoticeWords, { when, clock }: { when: (iso: string) => string; clock: (iso: string) => string }): Notice {
  const starts = plannedStarts(agenda, session.startsAt)
  const guests = session.guests.map(({ name, post }) => (post ? `${name}（${post}）` : name)).join('、')
  return {
    title: session.title,
    about: session.topic,
    facts: [
      { label: words.time, value: when(session.startsAt) },
      { label: words.venue, value: session.attendance.venue },
      { label: words.guests, value: guests },
    ].filter(({ value }) => value !== ''),
    agendaTitle: words.agenda,
    agenda: agenda.items.map(({ id, title, speakers }) => ({ time: clock(new Date(starts.get(id) ?? 0).toISOString()), title, speakers: speakers.map(({ name }) => name).join('、') })),
    words: [session.announcement?.text ?? '', session.introduction, words.closing].filter((text) => text !== ''),
    linkLabel: words.link,
    address,
  }
}

const item = ({ time, title, speakers }: Notice['agenda'][number]) => `${time} ${title}${speakers ? `（${speakers}）` : ''}`

export function asText({ title, about, facts, agendaTitle, agenda, words, linkLabel, address }: Notice): string {
  const blocks = [
    [title, about].filter(Boolean).join('\n'),
    facts.map(({ label, value }) => `${label}：${value}`).join('\n'),
    agenda.length > 0 ? [`${agendaTitle}：`, ...agenda.map(item)].join('\n') : '',
    ...words,
    `${linkLabel}：${address}`,
  ]
  return blocks.filter(Boolean).join('\n\n')
}

/** BBCode has no way to write a bracket that is none of its own: those of a text become wide ones. */
const plain = (text: string) => text.replaceAll('[', '［').replaceAll(']', '］')

export function asBbcode({ title, about, facts, agendaTitle, agenda, words, linkLabel, address }: Notice): string {
  const blocks = [
    `[b][size=5]${plain(title)}[/size][/b]${about ? `\n${plain(about)}` : ''}`,
    facts.map(({ label, value }) => `[b]${plain(label)}：[/b]${plain(value)}`).join('\n'),
    agenda.length > 0 ? `[b]${plain(agendaTitle)}：[/b]\n[list]\n${agenda.map((part) => `[*]${plain(item(part))}`).join('\n')}\n[/list]` : '',
    ...words.map(plain),
    `[b]${plain(linkLabel)}：[/b][url=${address}]${address}[/url]`,
  ]
  return blocks.filter(Boolean).join('\n\n')
}

const lines = (text: string) => escapeMarkup(text).replaceAll('\n', '<br>')

export function asHtml({ title, about, facts, agendaTitle, agenda, words, linkLabel, address }: Notice): string {
  const blocks = [
    `<h2>${escapeMarkup(title)}</h2>`,
    about ? `<p>${lines(about)}</p>` : '',
    `<p>${facts.map(({ label, value }) => `<strong>${escapeMarkup(label)}：</strong>${escapeMarkup(value)}`).join('<br>')}</p>`,
    agenda.length > 0 ? `<p><strong>${escapeMarkup(agendaTitle)}：</strong></p>\n<ul>\n${agenda.map((part) => `  <li>${escapeMarkup(item(part))}</li>`).join('\n')}\n</ul>` : '',
    ...words.map((text) => `<p>${lines(text)}</p>`),
    `<p><strong>${escapeMarkup(linkLabel)}：</strong><a href="${escapeMarkup(address)}">${escapeMarkup(address)}</a></p>`,
  ]
  return blocks.filter(Boolean).join('\n')
}
