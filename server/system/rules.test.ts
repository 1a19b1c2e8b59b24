import { describe, expect, test } from 'vitest'
import { databaseHealth, fontsHealth, httpsHealth, mediaHealth, oidcHealth, privacyHealth, redisHealth, smsHealth, storageHealth, turnHealth } from './rules.ts'

type Finding = ReturnType<typeof redisHealth>

describe('how a part stands', () => {
  test.each<[string, Finding, string]>([
    ['a database that answers', databaseHealth('sqlite', 2), 'ok sqlite 2 ms'],
    ['one that does not', databaseHealth('postgres', null), 'failing unreachable'],
    ['no Redis', redisHealth(null), 'off single'],
    ['Redis', redisHealth(true), 'ok connected'],
    ['Redis that is gone', redisHealth(false), 'failing unreachable'],
    ['no media', mediaHealth(0, 0), 'off disabled'],
    ['all workers', mediaHealth(2, 2), 'ok running 2/2'],
    ['one worker of two', mediaHealth(2, 1), 'warning some 1/2'],
    ['no worker left', mediaHealth(2, 0), 'failing none 0/2'],
    ['no TURN', turnHealth([], false), 'off none'],
    ['TURN', turnHealth([{ url: 'turn:a', ms: 4 }, { url: 'stun:a', ms: 9 }], true), 'ok answering 9 ms'],
    ['TURN without its secret', turnHealth([{ url: 'turn:a', ms: 4 }], false), 'warning no_secret'],
    ['STUN needs none', turnHealth([{ url: 'stun:a', ms: 4 }], false), 'ok answering 4 ms'],
    ['one TURN of two', turnHealth([{ url: 'turn:a', ms: 4 }, { url: 'turn:b', ms: null }], true), 'warning some turn:b'],
    ['TURN that is silent', turnHealth([{ url: 'turn:b', ms: null }], true), 'failing silent turn:b'],
    ['a tenth of the disk', storageHealth({ free: 100, total: 1_000 }), 'ok enough 10 %'],
    ['less', storageHealth({ free: 99, total: 1_000 }), 'warning low 9 %'],
    ['next to nothing', storageHealth({ free: 19, total: 1_000 }), 'failing full 1 %'],
    ['a disk that does not say', storageHealth(null), 'warning unknown'],
    ['no text messages', smsHealth('off', true), 'off off'],
    ['codes on the terminal', smsHealth('console', false), 'ok console'],
    ['codes on the terminal of a county', smsHealth('console', true), 'warning console'],
    ['a gateway', smsHealth('http', true), 'ok http'],
    ['no provider', oidcHealth([]), 'off none'],
    ['a provider', oidcHealth([{ name: '政务网', answers: true }]), 'ok answering 1'],
    ['one of two', oidcHealth([{ name: '政务网', answers: true }, { name: '论坛', answers: false }]), 'warning silent 论坛'],
    ['none of one', oidcHealth([{ name: '论坛', answers: false }]), 'failing silent 论坛'],
    ['letters for Chinese', fontsHealth(true), 'ok chinese'],
    ['no letters for Chinese', fontsHealth(false), 'warning none'],
    ['a notice', privacyHealth({ version: 3 }), 'ok published 3'],
    ['no notice', privacyHealth(null), 'warning none'],
    ['HTTPS', httpsHealth('https://fangtan.example', true), 'ok https fangtan.example'],
    ['this machine', httpsHealth('http://localhost:3000', false), 'ok local localhost:3000'],
    ['this machine, for a county', httpsHealth('http://127.0.0.1:3000', true), 'warning local 127.0.0.1:3000'],
    ['plain HTTP', httpsHealth('http://10.0.0.5:3000', false), 'failing plain 10.0.0.5:3000'],
  ])('%s', (_name, { state, code, value }, expected) => expect(`${state} ${code} ${value}`.trim()).toBe(expected))
})
