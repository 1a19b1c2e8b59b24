import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { MediaStats } from '../media/types.ts'
import type { WorkerUsage } from '../media/workers.ts'

export type Metrics = ReturnType<typeof createMetrics>

export type Sources = {
  sockets: () => number
  media: () => MediaStats
  workers: () => Promise<WorkerUsage[]>
}

/** Figures for Prometheus. `sources` are asked at each scrape. */
export function createMetrics(sources: Sources) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'fangtan_sockets',
    help: 'Connected clients of this process',
    registers: [registry],
    collect() {
      this.set(sources.sockets())
    },
  })
  new Gauge({
    name: 'fangtan_media',
    help: 'Media of this process, by kind of thing',
    labelNames: ['thing'],
    registers: [registry],
    collect() {
      for (const [thing, count] of Object.entries(sources.media())) this.set({ thing }, count)
    },
  })
  new Gauge({
    name: 'fangtan_media_worker_cpu_seconds_total',
    help: 'CPU time that each media worker has used',
    labelNames: ['pid'],
    registers: [registry],
    async collect() {
      const workers = await sources.workers()
      this.reset()
      for (const { pid, cpuMs } of workers) this.set({ pid: String(pid) }, cpuMs / 1_000)
    },
  })
  return {
    registry,
    commits: new Counter({ name: 'fangtan_commits_total', help: 'Commits to sessions by this process', registers: [registry] }),
    requests: new Histogram({ name: 'fangtan_http_seconds', help: 'HTTP requests', labelNames: ['method', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2], registers: [registry] }),
  }
}
