import { defineAsyncComponent, h } from 'vue'
import type { FunctionalComponent } from 'vue'
import type { Speaker } from '../../shared/departments.ts'

const VerifiedBadge = defineAsyncComponent(() => import('./VerifiedBadge.vue'))

/** A guest, or whoever else may speak for a department. */
type Somebody = Omit<Speaker, 'departmentId'> & { departmentId: string | null }

/** The badge of whoever speaks; fetched where there is one, so that pages without departments carry nothing of it. */
export const SpeakerBadge: FunctionalComponent<{ speaker: Somebody | null | undefined }> = ({ speaker }) => (speaker && (speaker.departmentId || speaker.spokesperson) ? h(VerifiedBadge, { speaker }) : null)
SpeakerBadge.props = ['speaker']
