export default {
  'zh-CN': {
    cutting: {
      cut: '紧急中断',
      again: '再按一次',
      title: '立即停止向观众播出，并暂停提问和聊天',
      armed: '再按一次，立即停止播出；四秒内不按则取消。',
      strip: {
        title: '直播已中断',
        detail: '观众看不到画面、听不到声音，提问和聊天都已暂停；台上的人已下台，继续后请重新请他们上台。',
        ended: '中断后没有恢复，场次到此结束。',
        resume: '继续直播',
        hostResumes: '由主持人继续直播。',
        add: '说明原因',
        change: '修改原因',
        reason: '中断的原因（公开显示，可不填）',
        publish: '公布原因',
        tooLong: '超出 {count} 字',
      },
    },
  },
  en: {
    cutting: {
      cut: 'Cut off',
      again: 'Press again',
      title: 'Stops picture and sound for everybody at once, and pauses questions and chat',
      armed: 'Press again to stop everything at once. It is called off after four seconds.',
      strip: {
        title: 'The live stream is cut off',
        detail: 'Viewers neither see nor hear anything; questions and chat are paused. Nobody is on stage: bring people back after resuming.',
        ended: 'It was ended without going on air again.',
        resume: 'Resume',
        hostResumes: 'A host can resume.',
        add: 'Give a reason',
        change: 'Change the reason',
        reason: 'Reason for the cut (shown in public, may be empty)',
        publish: 'Publish the reason',
        tooLong: '{count} character too many | {count} character too many | {count} characters too many',
      },
    },
  },
}
