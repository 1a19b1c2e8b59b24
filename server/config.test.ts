import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

function dataDir(): string {
  const directory = mkdtempSync(join(tmpdir(), 'fangtan-config-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return join(directory, 'data')
}

test('without a word it serves on port 3000 from the embedded database', () => {
  const DATA_DIR = dataDir()
  expect(readConfig({ DATA_DIR })).toMatchObject({ port: 3000, publicUrl: 'http://localhost:3000', dataDir: DATA_DIR, databaseUrl: null, redisUrl: null, production: false })
})

test('the secret is made once, kept for the owner alone, and read again', () => {
  const DATA_DIR = dataDir()
  const { secret } = readConfig({ DATA_DIR })
  expect(secret.length).toBeGreaterThanOrEqual(43)
  expect(readConfig({ DATA_DIR }).secret).toBe(secret)
  expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8')).toBe(secret)
  expect(statSync(join(DATA_DIR, 'secret')).mode & 0o777).toBe(0o600)
  const own = dataDir()
  expect(readConfig({ DATA_DIR: own, SECRET: 'sixteen letters!' }).secret).toBe('sixteen letters!')
  expect(existsSync(join(own, 'secret'))).toBe(false)
})

test('an empty value counts as none, and a trailing slash is dropped', () => {
  expect(readConfig({ DATA_DIR: dataDir(), PORT: '', PUBLIC_URL: 'https://fangtan.example/' })).toMatchObject({ port: 3000, publicUrl: 'https://fangtan.example' })
  expect(readConfig({ DATA_DIR: dataDir(), TURN_URLS: 'turn:a, turns:b ,' }).media.turnUrls).toEqual(['turn:a', 'turns:b'])
})

test.each<[string, Record<string, string>]>([
  ['PORT', { PORT: '70000' }],
  ['PORT', { PORT: 'many' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'ftp://x' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'fangtan.example' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
  ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
  ['REDIS_URL', { REDIS_URL: 'redis://localhost' }],
  ['SECRET', { REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgres://localhost/x' }],
  ['SECRET', { SECRET: 'short' }],
  ['MEDIA_WORKERS', { MEDIA_WORKERS: '-1' }],
  ['MEDIA_LISTEN_IP', { MEDIA_LISTEN_IP: 'everywhere' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['NODE_ENV', { NODE_ENV: 'staging' }],
])('%s is named in one line: %j', (name, environment) => {
  const read = () => readConfig({ DATA_DIR: dataDir(), ...environment })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(new RegExp(`^${name}: [^\\n]+$`))
})
