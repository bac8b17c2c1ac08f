// Writes and reads back blobs, queue messages or table entities with the real SDK clients:
//   node storage-client.mjs <blob|queue|table> <write|read|roundtrip> [--count 100] [--prefix x]
// The connection string comes from AZURE_STORAGE_CONNECTION_STRING. Prints {"written":n,"read":n}; any mismatch ends it
// with exit code 1 and a message. `read` expects what `write` with the same count and prefix has left.
import { parseArgs } from 'node:util';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { TableClient } from '@azure/data-tables';

const usage = 'usage: storage-client.mjs <blob|queue|table> <write|read|roundtrip> [--count n] [--prefix x]';
const parallel = 16;
// An emulator that is not there fails in seconds instead of the SDK's half minute.
const retryOptions = { maxTries: 2, maxRetries: 1, retryDelayInMs: 200 };

/** Runs the action for 0..count-1, sixteen at a time. */
async function forEachIndex(count, action) {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) {
      await action(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, count) }, worker));
}

const content = (prefix, index) => `${prefix} number ${index} – ü`;

function expectSame(what, actual, expected) {
  if (actual !== expected) {
    throw new Error(`${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  }
}

function blobs(connectionString, prefix) {
  const container = BlobServiceClient.fromConnectionString(connectionString, { retryOptions }).getContainerClient(`${prefix}-container`);
  return {
    async write(count) {
      await container.createIfNotExists();
      await forEachIndex(count, async (index) => {
        const body = Buffer.from(content(prefix, index));
        await container.getBlockBlobClient(`item-${index}`).upload(body, body.length);
      });
    },
    async read(count) {
      let found = 0;
      for await (const _ of container.listBlobsFlat()) {
        found++;
      }
      expectSame('the number of blobs', found, count);
      await forEachIndex(count, async (index) => {
        const body = await container.getBlockBlobClient(`item-${index}`).downloadToBuffer();
        expectSame(`blob item-${index}`, body.toString(), content(prefix, index));
      });
    },
  };
}

function queues(connectionString, prefix) {
  const queue = QueueServiceClient.fromConnectionString(connectionString, { retryOptions }).getQueueClient(`${prefix}-queue`);
  return {
    async write(count) {
      await queue.createIfNotExists();
      await forEachIndex(count, (index) => queue.sendMessage(Buffer.from(content(prefix, index)).toString('base64')));
    },
    // Takes the messages out of the queue.
    async read(count) {
      const missing = new Set(Array.from({ length: count }, (_, index) => content(prefix, index)));
      for (;;) {
        const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
        if (receivedMessageItems.length === 0) {
          break;
        }
        for (const message of receivedMessageItems) {
          const text = Buffer.from(message.messageText, 'base64').toString();
          if (!missing.delete(text)) {
            throw new Error(`message ${JSON.stringify(text)} was not expected, or came twice`);
          }
          await queue.deleteMessage(message.messageId, message.popReceipt);
        }
      }
      expectSame('the number of lost messages', missing.size, 0);
    },
  };
}

function tables(connectionString, prefix) {
  const table = TableClient.fromConnectionString(connectionString, `${prefix.replaceAll('-', '')}Table`, {
    allowInsecureConnection: true,
    retryOptions,
  });
  return {
    async write(count) {
      await table.createTable();
      await forEachIndex(count, (index) =>
        table.upsertEntity({ partitionKey: prefix, rowKey: `item-${index}`, index, text: content(prefix, index) }, 'Replace'));
    },
    async read(count) {
      let found = 0;
      for await (const entity of table.listEntities()) {
        expectSame(`entity ${entity.rowKey}`, entity.text, content(prefix, entity.index));
        found++;
      }
      expectSame('the number of entities', found, count);
    },
  };
}

const services = { blob: blobs, queue: queues, table: tables };

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { count: { type: 'string', default: '100' }, prefix: { type: 'string', default: 'localzure' } },
  });
  const [service, action] = positionals;
  const count = Number(values.count);
  const isKnown = Object.hasOwn(services, service ?? '') && ['write', 'read', 'roundtrip'].includes(action);
  if (positionals.length !== 2 || !isKnown || !Number.isInteger(count) || count < 1) {
    throw new Error(usage);
  }
  const connectionString = process.env.AZURE_STORAGE_CONNECTION_STRING;
  if (!connectionString) {
    throw new Error('AZURE_STORAGE_CONNECTION_STRING is not set');
  }

  const client = services[service](connectionString, values.prefix);
  const result = { written: 0, read: 0 };
  if (action !== 'read') {
    await client.write(count);
    result.written = count;
  }
  if (action !== 'write') {
    await client.read(count);
    result.read = count;
  }
  console.log(JSON.stringify(result));
}

try {
  await main();
} catch (error) {
  console.error(`storage-client: ${error.message || error.code || error}`);
  process.exitCode = 1;
}
