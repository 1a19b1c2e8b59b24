import { expect, test } from 'vitest'
import { embedAddress, embedFrame, embedScript, escapeMarkup } from './embedding.ts'

test('nothing in a text opens or closes what stands around it', () => {
  expect(escapeMarkup(`</title><script>alert("1")</script>&'`)).toBe('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;')
})

test('what no XML may contain does not stand in it', () => {
  expect(escapeMarkup('a\u0000b\u001Fc\uFFFEd\uFFFFe\n')).toBe('abcde\n')
})

test('the lines to paste', () => {
  expect(embedAddress('https://f.example', 'abc123', null)).toBe('https://f.example/embed/abc123')
  expect(embedScript('https://f.example', 'abc123', 'xinan')).toBe('<script src="https://f.example/embed.js" data-session="abc123" data-forum="xinan" async></script>')
  expect(embedFrame('https://f.example', 'abc123', 'xinan', { title: '"><b>', height: 500 })).toBe(
    '<iframe src="https://f.example/embed/abc123?forum=xinan" title="&quot;&gt;&lt;b&gt;" width="100%" height="500" style="border:0" loading="lazy" allow="autoplay; fullscreen; picture-in-picture"></iframe>',
  )
})
