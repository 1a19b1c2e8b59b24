/** The durable part of the stage: which seats the host has brought on air, in order. Who is connected is media's to say (media.ts). */
export type StageView = {
  onAir: string[]
  /** Seats whose sound the server lets nobody hear, whatever their own switch says. */
  muted: string[]
}
