import { expect, test, vi } from 'vitest'
import type { SiteView } from '../../shared/site.ts'
import { createSite } from './useSite.ts'

const view = (name: string): SiteView => ({ url: 'http://localhost:3000', name, emblemId: null, accent: 'teal', footer: '', privacy: null, identity: { phone: false, providers: [] } })

function storageWith(text: string | null) {
  let kept = text
  return { getItem: () => kept, setItem: (_key: string, now: string) => void (kept = now), kept: () => kept }
}
const asStorage = (storage: ReturnType<typeof storageWith>) => storage as unknown as Storage
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('shows what the server says, and remembers it for the next visit', async () => {
  const storage = storageWith(null)
  const { site } = createSite(() => Promise.resolve(view('某县访谈')), asStorage(storage))
  expect(site.value).toBeNull()
  await settled()
  expect(site.value?.name).toBe('某县访谈')
  expect(createSite(() => new Promise(() => {}), asStorage(storage)).site.value?.name).toBe('某县访谈')
})

test('keeps what it knew when the server does not answer', async () => {
  const { site, refresh } = createSite(() => Promise.reject(new Error('offline')), asStorage(storageWith(JSON.stringify(view('某县访谈')))))
  await refresh()
  expect(site.value?.name).toBe('某县访谈')
})

test('an answer that comes late does not take the place of a newer one', async () => {
  const answers: ((site: SiteView) => void)[] = []
  const { site, refresh } = createSite(() => new Promise((resolve) => answers.push(resolve)), null)
  const second = refresh()
  answers[1]?.(view('new'))
  await second
  answers[0]?.(view('old'))
  await settled()
  expect(site.value?.name).toBe('new')
})

test('what was remembered and cannot be read is no trouble', () => {
  expect(createSite(vi.fn(() => new Promise<SiteView>(() => {})), asStorage(storageWith('{'))).site.value).toBeNull()
})
