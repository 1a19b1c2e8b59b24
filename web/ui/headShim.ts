/**
 * Stands in for @unhead/vue (10 KB), which Nuxt UI uses for one thing: putting its colours into the page and taking away the copy that it put there itself before.
 * The colours never change here, so that first copy simply stays. vite.config.ts points the package's name at this file.
 */
const head = { install: () => undefined }

export const createHead = () => head
export const injectHead = () => head
export const useHead = () => undefined
