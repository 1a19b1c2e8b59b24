/*
 * Puts a session into a page of a forum, in place of the line that loads this file:
 *   <script src="https://…/embed.js" data-session="ID" data-forum="CODE" async></script>
 * The frame is as high as what is in it. Plain, so that old browsers read it too.
 */
;(function () {
  'use strict'
  var SMALLEST = 240
  var HIGHEST = 4000
  var script = document.currentScript
  if (!script) return
  var session = script.getAttribute('data-session') || ''
  var forum = script.getAttribute('data-forum') || ''
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(session)) return
  var origin = new URL(script.src).origin

  var frame = document.createElement('iframe')
  frame.src = origin + '/embed/' + session + (/^[a-z0-9-]{1,30}$/.test(forum) ? '?forum=' + forum : '')
  frame.title = script.getAttribute('data-title') || '在线访谈'
  frame.loading = 'lazy'
  frame.allow = 'autoplay; fullscreen; picture-in-picture'
  frame.referrerPolicy = 'strict-origin-when-cross-origin'
  frame.style.cssText = 'display:block;box-sizing:border-box;width:100%;max-width:100%;height:640px;margin:0;border:0'
  script.parentNode.insertBefore(frame, script)

  window.addEventListener('message', function (event) {
    if (event.source !== frame.contentWindow || event.origin !== origin) return
    var message = event.data
    if (!message || message.fangtan !== 'height' || message.session !== session || typeof message.height !== 'number' || !isFinite(message.height)) return
    frame.style.height = Math.min(HIGHEST, Math.max(SMALLEST, Math.ceil(message.height))) + 'px'
  })
})()
