import type { PrivacyNotice, SiteSettings } from '../../shared/site.ts'

type Facts = { /** Of the site; empty: not named. */ name: string; retention: SiteSettings['retention'] }

/**
 * The privacy notice that an installation begins with, plain text with a blank line between paragraphs: what is really kept, why, for how many days (as the retention
 * periods say now), and what everybody can ask for. Administrators are expected to read it and to put in what only they know.
 */
export function defaultNotice(facts: Facts): PrivacyNotice['text'] {
  return { 'zh-CN': chinese(facts), en: english(facts) }
}

function chinese({ name, retention: { logDays, peopleDays, chatDays, verifiedDays, auditDays } }: Facts): string {
  return `${name === '' ? '本网站' : `“${name}”（以下称本网站）`}由主办单位运行，供群众与政府部门公开交流。主办单位的名称和联系方式见页面底部。本说明告诉您：我们收集哪些个人信息，为什么收集，保存多久，您有哪些权利。

一、不登记也能参加
观看不需要登记，也不需要同意本说明。提问、聊天、核验身份和订阅通知之前，我们会请您同意。有的场次要求先核验手机号或统一身份认证，是否要求由该场次写明；核验过的身份不会公开，在页面上您仍可匿名或使用昵称。

二、我们收集什么，用来做什么
1. 浏览器标识：一个随机编号，存放在浏览器的 Cookie 中，用来记住哪些提问和投票是您的。它不含您的姓名，也不用于跟踪您访问其他网站。
2. 您写下的内容：提问、昵称、图片、投票、聊天、意见。审核通过的内容会公开；未采用的提问只公开编号和原因。图片上传后只保留画面，拍摄地点等附带信息会被去掉。
3. 网络地址和浏览器类型：加密保存，用于防止刷票和攻击，以及依法查处违法信息。投票时另存一份不可还原的摘要，用于发现异常投票。
4. 核验信息：手机号，或统一身份认证给出的编号，加密保存，与您公开的发言分开存放。只有管理员在写明理由后才能查询，每次查询都有记录。
5. 通知：您订阅通知时，保存浏览器给出的推送地址。
6. 到会参加：您受邀或报名参加座谈会时的姓名、手机号（加密保存）和说明，以及入场签到，用于安排席位、提醒和入场，只有主办单位和现场工作人员能看到。举手时填写的称呼会公开，想说的话在请您发言时公开。

三、保存多久
1. 网络地址等日志：${logDays} 天（法律要求不少于 60 天）。
2. 提问、投票、举手与您的浏览器标识之间的联系，以及参会名单里的姓名、手机号、说明和签到：场次结束后 ${peopleDays} 天。之后公开的提问和答复仍在，但系统中不再有谁提出的记录。
3. 聊天：场次结束后 ${chatDays} 天。
4. 核验信息：自您最后一次使用起 ${verifiedDays} 天。
5. 工作人员的操作记录（不含您的身份）：${auditDays} 天。
到期后由系统自动删除。公开台账记录每个提问的处理过程，长期保存，其中只有编号和不可还原的摘要，没有您的姓名、手机号和网络地址。

四、提供给谁
我们不出售个人信息，页面也不向第三方发送任何请求。只有在您选择时，才会用到下列服务：用手机号核验，或者报名时留下手机号，号码交给短信服务商，用来发送验证码或参会提醒；用统一身份认证时，您会转到该平台登录；订阅通知时，通知经浏览器厂商的推送服务送达。司法机关、监管部门依法要求时，我们按规定配合。

五、您的权利
在“我的信息”页面（/me），您随时可以查看并下载我们保存的与您有关的数据，也可以要求删除。删除后，尚未公开的提问会撤回，已公开答复的提问和已经发过的言保留内容、去掉署名，核验信息、聊天和参会登记一并删除。您也可以只撤回同意：不再提问、聊天即可，此前合法处理的内容不受影响。需要更正信息，或者对个人信息的处理有意见，可以联系主办单位，也可以向网信部门投诉。

六、未成年人
不满十四周岁的，请由父母或其他监护人阅读本说明，并在其同意后使用。

七、本说明的变更
内容变更时会公布新的版本，并在您下次提问、聊天前重新征求同意。您同意的版本和时间会保存下来。`
}

function english({ name, retention: { logDays, peopleDays, chatDays, verifiedDays, auditDays } }: Facts): string {
  return `${name === '' ? 'This site' : `“${name}” (this site)`} is run by the organiser, for residents and public authorities to talk in the open. The organiser’s name and how to reach them stand at the foot of each page. This notice says which personal information we collect, why, how long we keep it, and what your rights are.

1. You can take part without registering
Watching needs neither registration nor agreement to this notice. We ask you to agree before you ask a question, chat, verify who you are, or subscribe to notifications. Some sessions want a verified phone or a sign-in with the public identity service, and say so. An identity that was verified is never shown: on the page you stay anonymous or use a name you choose.

2. What we collect, and what for
(1) Browser identifier: a random number in a cookie, to remember which questions and votes are yours. It does not contain your name and does not follow you to other sites.
(2) What you write: questions, the name you choose, pictures, votes, chat, objections. What passed review is public; of a question that was not taken up, only its number and the reason are. Of a picture we keep nothing but what it shows; where and with what it was taken is removed.
(3) Network address and kind of browser: kept encrypted, against vote stuffing and attacks, and for unlawful content that has to be traced. With each vote, a digest that cannot be turned back is kept to find votes that look unusual.
(4) Verification: your phone number, or the number that the identity service gives us, kept encrypted and apart from what you say in public. Only an administrator can look it up, after writing down a reason, and each look-up is recorded.
(5) Notifications: if you subscribe, the push address that your browser gives us.
(6) Coming to a symposium: the name, the phone number (encrypted) and the words with which you were invited or applied, and your check-in at the door, to give places, remind you and let you in. Only the organiser and those who help in the hall see them. The name you give when you raise a hand is public; what you want to speak about is once you are called.

3. How long we keep it
(1) Network addresses and other logs: ${logDays} days (the law asks for at least 60).
(2) The link between your questions, votes and raised hands and your browser identifier, and names, numbers, notes and check-ins of those who came to a symposium: ${peopleDays} days after the session ended. The public questions and answers stay, without any record in the system of who asked.
(3) Chat: ${chatDays} days after the session ended.
(4) Verification: ${verifiedDays} days after you were last here.
(5) The record of what staff did (without your identity): ${auditDays} days.
After that the system deletes it by itself. The public ledger records what happened to each question and is kept for good; it holds numbers and digests that cannot be turned back, and neither your name nor your phone number nor your network address.

4. Who else receives it
We do not sell personal information, and no page sends a request to a third party. Only if you choose to are these used: to verify a phone, or when you leave a number to be reminded, it is given to the message service that sends the code or the reminder; to sign in with the identity service, you are taken to its site; notifications reach you through your browser maker’s push service. Where courts or authorities require it by law, we comply as the law prescribes.

5. Your rights
On the page “My data” (/me) you can see and download what we keep about you at any time, and have it deleted. Then questions that are not public yet are withdrawn, questions that were answered in public, and turns to speak that you had, keep their words and lose their name, and verification, chat and what you applied with are deleted. You can also withdraw your agreement alone: simply do not ask or chat any more; what was done lawfully before is not affected. To have something corrected, or if you disagree with how your information is handled, contact the organiser; you can also complain to the cyberspace authority.

6. Children
If you are under fourteen, please have a parent or guardian read this notice and agree to it first.

7. Changes
When this notice changes, a new version is published and you are asked again before you next ask or chat. The version you agreed to and the time are kept.`
}
