/** Sizes and times that both sides know. Lengths are in characters as a reader counts them (grapheme clusters), times in milliseconds. */
export const LIMITS = {
  questionLength: 500,
  nameLength: 20,
  reasonLength: 200,
  answerLength: 3000,
  noteLength: 300,
  topicsPerSession: 12,
  topicNameLength: 16,
  /** Questions that one bulk action may name. */
  bulkQuestions: 200,
  /** Sensitive words of one list, and characters of one word. */
  words: 2_000,
  wordLength: 30,
  pollsPerSession: 30,
  pollOptions: 12,
  pollTitleLength: 100,
  pollOptionLength: 40,
  /** Open words: how many one person gives, and characters of one. */
  pollWords: 3,
  pollWordLength: 12,
  /** Longest time that a host may give an answer on air, in seconds. */
  answerSecondsMax: 3_600,
  /** Longest time that questions may stay open after the end, in minutes: a week. */
  lateMinutesMax: 10_080,
  chatLength: 200,
  titleLength: 80,
  topicLength: 120,
  introductionLength: 5000,
  guestsPerSession: 12,
  postLength: 60,
  /** One Socket.IO message, in bytes. Far above any legitimate one: up to here an oversized message is answered with an error, beyond it the connection is cut. */
  socketMessageBytes: 2 * 1024 * 1024,
  /** One JSON body, in bytes. */
  jsonBodyBytes: 64 * 1024,
  pictureBytes: 4 * 1024 * 1024,
  /** Chat messages that a fresh page is given; older ones stay in the database. */
  chatHistory: 100,
  chatSlowSecondsMax: 600,
  /** Longest wait between two questions of one person, in seconds. */
  questionSlowSecondsMax: 3_600,
  agendaItems: 30,
  agendaTitleLength: 60,
  agendaMinutesMax: 240,
  agendaSpeakers: 12,
  agendaQuestions: 20,
  /** Longest time of one speaker from the floor, in seconds. */
  floorSecondsMax: 1_800,
  floorTables: 20,
  /** People from the floor who have it at the same time. */
  speakersAtOnce: 4,
  /** Hands that stand in one session's queue. */
  handsWaiting: 500,
  handAboutLength: 60,
  seatLength: 20,
  spotTextLength: 300,
  spotsPerSession: 500,
  forums: 100,
  forumOrigins: 10,
  hallSeats: 2_000,
  attendeesAtOnce: 200,
  venueLength: 120,
  announcementLength: 1_000,
} as const

export const TIMES = {
  /** How often the head of a session's sequence is repeated to its clients, so that a silent loss is found. */
  headBeat: 2_000,
  /** Votes and presence go out at most this often for one session. */
  burstInterval: 250,
  /** A request without an acknowledgement after this long counts as lost; retrying with the same id is safe. */
  requestTimeout: 8_000,
} as const
