// A whole send by nodemailer's pool and mustache.js: node send.mjs WORKSPACE PORT
//
// The same list, templates and data as tocsin gets, the same headers, ten connections, no rate limit. A line of JSON is
// appended to WORKSPACE/peer-ledger.jsonl for each mail that was taken. It is laxer than a ledger: nothing is recorded
// before a mail leaves, duplicates and suppressions are not looked for, and no line waits for the disk.
import {createHmac, randomBytes, randomUUID} from 'node:crypto';
import {createReadStream, createWriteStream, readFileSync} from 'node:fs';
import {once} from 'node:events';
import {join} from 'node:path';
import {parse} from 'csv-parse';
import Mustache from 'mustache';
import nodemailer from 'nodemailer';

const CONNECTIONS = 10;

const [workspace, port] = process.argv.slice(2);
const read = name => readFileSync(join(workspace, name), 'utf8');
const job = JSON.parse(read('peer.json'));
const html = read('templates/alert.html.mustache');
const text = read('templates/alert.txt.mustache');
const key = randomBytes(32);

const plain = {escape: value => value};

function mailFor(row) {
  const token = createHmac('sha256', key).update(row.email).digest('hex').slice(0, 52);
  const unsubscribeUrl = job.unsubscribe_url + token;
  const view = {...job.data, ...row, organisation: job.organisation, unsubscribe_url: unsubscribeUrl};
  const [account, domain] = job.unsubscribe_mailto.split('@');
  return {
    from: job.from,
    replyTo: job.reply_to,
    to: row.email,
    subject: Mustache.render(job.subject, view, {}, plain),
    html: Mustache.render(html, view),
    text: Mustache.render(text, view, {}, plain),
    messageId: `<${randomUUID()}@commonway.example>`,
    date: new Date(),
    headers: {
      'List-Id': `${job.organisation.name} <alert.commonway.example>`,
      'List-Unsubscribe': `<${unsubscribeUrl}>, <mailto:${account}+${token}@${domain}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}

const transport = nodemailer.createTransport({
  host: '127.0.0.1', port: Number(port), secure: false, ignoreTLS: true,
  pool: true, maxConnections: CONNECTIONS, maxMessages: Infinity,
});
const ledger = createWriteStream(join(workspace, 'peer-ledger.jsonl'));
const rows = createReadStream(join(workspace, 'lists/members.csv')).pipe(parse({columns: true}));

async function sendOne(row) {
  const mail = mailFor(row);
  const {response} = await transport.sendMail(mail);
  ledger.write(JSON.stringify({to: row.email, id: mail.messageId, response, time: Date.now()}) + '\n');
}

const underWay = new Set();
for await (const row of rows) {
  const one = sendOne(row).finally(() => underWay.delete(one));
  underWay.add(one);
  if (underWay.size >= 2 * CONNECTIONS) await Promise.race(underWay);
}
await Promise.all(underWay);
transport.close();
ledger.end();
await once(ledger, 'finish');
