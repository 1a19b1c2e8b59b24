export default {
  'zh-CN': {
    notifications: {
      remind: '有结果时提醒我',
      state: {
        unsupported: '这个浏览器在这里不能发系统提醒；页面打开时，结果会在页面上告诉您。',
        blocked: '浏览器设置里禁止了本站的通知。允许之后刷新页面即可打开。',
        off: '您提的和投过票的问题被回答、合并或未采用时，由系统提醒您。',
        connecting: '正在打开…',
        on: '请保持这个页面打开：当前网络下，关掉页面就收不到提醒。',
        pushed: '已打开，关掉页面也会提醒您。',
      },
      own: {
        aired: '您的第 {number} 号提问正在回答。',
        answered: '您的第 {number} 号提问已经答复。',
        merged: '您的第 {number} 号提问并入了第 {into} 号，会一起回答。',
        mergedAway: '您的第 {number} 号提问已与其他提问合并。',
        declined: '您的第 {number} 号提问没有被采用，理由见“我的提问”。',
      },
      voted: {
        aired: '您关注的第 {number} 号提问正在回答。',
        answered: '您关注的第 {number} 号提问已经答复。',
        merged: '您关注的第 {number} 号提问并入了第 {into} 号，会一起回答。',
        mergedAway: '您关注的第 {number} 号提问已与其他提问合并。',
        declined: '您关注的第 {number} 号提问没有被采用，理由见公开台账。',
      },
      many: '您关注的 {n} 个提问有了结果。',
    },
  },
  en: {
    notifications: {
      remind: 'Remind me of results',
      state: {
        unsupported: 'This browser shows no system notifications here. While the page is open, you will read of results on it.',
        blocked: 'Notifications of this site are blocked in your browser’s settings. Allow them there and reload the page.',
        off: 'The system tells you when what you asked or voted for is answered, merged or not taken up.',
        connecting: 'Turning on…',
        on: 'Please keep this page open: on this network, nothing can be told once it is closed.',
        pushed: 'On. You will be told even when the page is closed.',
      },
      own: {
        aired: 'Your question {number} is being answered now.',
        answered: 'Your question {number} has been answered.',
        merged: 'Your question {number} was merged into question {into}; they will be answered together.',
        mergedAway: 'Your question {number} was merged with others.',
        declined: 'Your question {number} was not taken up. The reason stands with your questions.',
      },
      voted: {
        aired: 'Question {number}, which you voted for, is being answered now.',
        answered: 'Question {number}, which you voted for, has been answered.',
        merged: 'Question {number}, which you voted for, was merged into question {into}; they will be answered together.',
        mergedAway: 'Question {number}, which you voted for, was merged with others.',
        declined: 'Question {number}, which you voted for, was not taken up. The public ledger says why.',
      },
      many: '{n} of the questions you follow have a result. | {n} of the questions you follow has a result. | {n} of the questions you follow have a result.',
    },
  },
}
