/** The picture that stands for the stage where only one can be shown: the largest of `root` that plays, or null. */
export function largestVideo(root: ParentNode): HTMLVideoElement | null {
  const area = (video: HTMLVideoElement) => video.clientWidth * video.clientHeight
  const playing = [...root.querySelectorAll('video')].filter((video) => video.videoWidth > 0)
  return playing.sort((a, b) => area(b) - area(a))[0] ?? null
}
