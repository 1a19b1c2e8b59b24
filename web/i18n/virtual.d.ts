declare module 'virtual:messages/later' {
  const later: Record<import('./locales.ts').Locale, Record<import('./rooms.ts').LaterRoom, () => Promise<{ default: import('./merge.ts').MessageTree }>>>
  export default later
}
declare module 'virtual:messages/*' {
  const messages: import('./merge.ts').MessageTree
  export default messages
}
