import WebSocket from 'ws'

/** Many clients in this process, as light as can be: the same raw WebSocket for every server, with just enough of Socket.IO's text protocol spoken over it. */
export type Crowd = {
  size: number
  /** Sends `text` from client `index` and resolves, in milliseconds, when every client has received a frame in which `marks` occurs. */
  deliver: (index: number, text: string, marks: string) => Promise<number>
  send: (index: number, text: string) => void
  /** Calls `listener` with every frame that any client receives. Returns its undo. */
  onFrame: (listener: (index: number, frame: Buffer) => void) => () => void
  /** The last frame that client 0 received with a mark. */
  lastFrame: () => string
  close: () => void
}

export type Greeting = {
  headers: (index: number) => Record<string, string>
  /** What to send after the connection opened, one after another, each once the answer to the one before has come. */
  words: string[]
}

const AT_ONCE = 50
const PATIENCE = 30_000

function connect(url: string, headers: Record<string, string>, words: string[]): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  const left = [...words]
  return new Promise((resolve, reject) => {
    const next = () => {
      const word = left.shift()
      if (word === undefined) resolve(socket)
      else socket.send(word)
    }
    socket.once('error', reject)
    socket.once('close', (code) => reject(new Error(`the connection was closed with ${code}`)))
    if (words.length === 0) socket.once('open', () => resolve(socket))
    socket.on('message', (data: Buffer) => {
      const frame = data.toString()
      if (frame === '2') socket.send('3')
      else if (left.length > 0 && (frame.startsWith('0') || frame.startsWith('40') || frame.startsWith('43'))) next()
      else if (frame.startsWith('43') || (words.length === 1 && frame.startsWith('40'))) resolve(socket)
      else if (frame.startsWith('44')) reject(new Error(frame))
    })
  })
}

export async function gather(url: string, size: number, greeting: Greeting): Promise<Crowd> {
  const sockets: WebSocket[] = []
  while (sockets.length < size) {
    const batch = Array.from({ length: Math.min(AT_ONCE, size - sockets.length) }, (_, offset) => connect(url, greeting.headers(sockets.length + offset), greeting.words))
    sockets.push(...(await Promise.all(batch)))
  }
  let awaited: { marks: Buffer; missing: number; done: () => void } | null = null
  let last = ''
  const listeners = new Set<(index: number, frame: Buffer) => void>()
  for (const [index, socket] of sockets.entries()) {
    socket.on('message', (data: Buffer) => {
      for (const listener of listeners) listener(index, data)
      if (!awaited || !data.includes(awaited.marks)) return
      if (index === 0) last = data.toString()
      if (--awaited.missing === 0) awaited.done()
    })
  }
  return {
    size,
    async deliver(index, text, marks) {
      const started = performance.now()
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${awaited?.missing} of ${size} did not receive ${marks}`)), PATIENCE)
        awaited = { marks: Buffer.from(marks), missing: size, done: () => (clearTimeout(late), resolve()) }
        sockets[index % size]?.send(text)
      })
      awaited = null
      return performance.now() - started
    },
    send: (index, text) => sockets[index]?.send(text),
    onFrame(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    lastFrame: () => last,
    close: () => sockets.forEach((socket) => (socket.removeAllListeners('close'), socket.terminate())),
  }
}
