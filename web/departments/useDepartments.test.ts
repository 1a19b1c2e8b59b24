import { expect, it, vi } from 'vitest'
import type { Department } from '../../shared/departments.ts'
import { createDepartments } from './useDepartments.ts'

const water: Department = { id: '11111111-1111-4111-8111-111111111111', name: '水利局', code: 'SL', duty: '', leader: '', verified: true, archived: false, officers: [], spokespeople: [], version: 1 }

it('asks once for all who want to know', async () => {
  const fetchAll = vi.fn(async () => [water])
  const store = createDepartments(fetchAll)
  expect(store.byId(water.id)).toBeUndefined()
  await Promise.all([store.load(), store.load()])
  await store.load()
  expect(fetchAll).toHaveBeenCalledTimes(1)
  expect(store.byId(water.id)).toEqual(water)
  expect(store.byId(null)).toBeUndefined()
})

it('asks again after a failure, and when told to', async () => {
  const fetchAll = vi.fn<() => Promise<Department[]>>().mockRejectedValueOnce(new Error('offline')).mockResolvedValue([water])
  const store = createDepartments(fetchAll)
  await expect(store.load()).rejects.toThrow('offline')
  await store.load()
  await store.refresh()
  expect(fetchAll).toHaveBeenCalledTimes(3)
})
