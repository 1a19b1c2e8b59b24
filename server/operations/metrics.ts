import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** Figures for Prometheus. `sample` is asked at each scrape. */
export function createMetrics(sample: () => { sockets: number; media: Record<'workers' | 'rooms' | 'peers' | 'producers' | 'consumers', number> }) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'fangtan_sockets',
    help: 'Connected clients of this process',
    registers: [registry],
    collect() {
      this.set(sample().sockets)
    },
  })
  new Gauge({
    name: 'fangtan_media',
    help: 'Media of this process, by kind of thing',
    labelNames: ['thing'],
    registers: [registry],
    collect() {
      for (const [thing, count] of Object.entries(sample().media)) this.set({ thing }, count)
    },
  })
  return {
    registry,
    commits: new Counter({ name: 'fangtan_commits_total', help: 'Commits to sessions by this process', registers: [registry] }),
    requests: new Histogram({ name: 'fangtan_http_seconds', help: 'HTTP requests', labelNames: ['method', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2], registers: [registry] }),
  }
}
