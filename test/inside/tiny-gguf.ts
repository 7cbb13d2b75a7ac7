import { seeded } from '../servers/random';

/**
 * Weights that know nothing: one layer of a llama with random numbers in it, 330 kB, in the GGUF format version 3
 * (github.com/ggml-org/ggml, docs/gguf.md). They load, chat, fill in the middle and stream as real ones do.
 */
export function tinyGguf(options: { readonly fim?: boolean; readonly contextTokens?: number } = {}): Buffer {
  const { fim = true, contextTokens = 2048 } = options;
  const vocabulary = tokens();
  const at = (text: string): number => vocabulary.findIndex((token) => token.text === text);
  const tensors = randomTensors(vocabulary.length);
  const metadata: [string, Value][] = [
    ['general.architecture', text('llama')],
    ['general.name', text('Tiny random llama')],
    ['general.alignment', uint32(ALIGNMENT)],
    ['llama.context_length', uint32(contextTokens)],
    ['llama.embedding_length', uint32(WIDTH)],
    ['llama.block_count', uint32(1)],
    ['llama.feed_forward_length', uint32(FEED_FORWARD)],
    ['llama.attention.head_count', uint32(2)],
    ['llama.attention.layer_norm_rms_epsilon', float32(1e-5)],
    ['llama.rope.dimension_count', uint32(WIDTH / 2)],
    ['llama.vocab_size', uint32(vocabulary.length)],
    ['tokenizer.ggml.model', text('llama')],
    [
      'tokenizer.ggml.tokens',
      array(
        8,
        vocabulary.map((token) => text(token.text).bytes),
      ),
    ],
    [
      'tokenizer.ggml.scores',
      array(
        6,
        vocabulary.map((_, index) => float32(-index).bytes),
      ),
    ],
    [
      'tokenizer.ggml.token_type',
      array(
        5,
        vocabulary.map((token) => int32(token.type).bytes),
      ),
    ],
    ['tokenizer.ggml.bos_token_id', uint32(at('<s>'))],
    ['tokenizer.ggml.eos_token_id', uint32(at('</s>'))],
    ...(fim
      ? ([
          ['tokenizer.ggml.fim_pre_token_id', uint32(at('<PRE>'))],
          ['tokenizer.ggml.fim_suf_token_id', uint32(at('<SUF>'))],
          ['tokenizer.ggml.fim_mid_token_id', uint32(at('<MID>'))],
        ] as [string, Value][])
      : []),
    [
      'tokenizer.chat_template',
      text(
        "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\\n' }}{% endfor %}assistant: ",
      ),
    ],
  ];
  return file(metadata, tensors);
}

const WIDTH = 64;
const FEED_FORWARD = 128;
const ALIGNMENT = 32;

interface Value {
  /** GGUF's number for the type. */
  readonly type: number;
  readonly bytes: Buffer;
}

const bytesOf = (size: number, write: (buffer: Buffer) => void): Buffer => {
  const buffer = Buffer.alloc(size);
  write(buffer);
  return buffer;
};
const uint32 = (value: number): Value => ({ type: 4, bytes: bytesOf(4, (b) => b.writeUInt32LE(value)) });
const int32 = (value: number): Value => ({ type: 5, bytes: bytesOf(4, (b) => b.writeInt32LE(value)) });
const float32 = (value: number): Value => ({ type: 6, bytes: bytesOf(4, (b) => b.writeFloatLE(value)) });
const uint64 = (value: number): Buffer => bytesOf(8, (b) => b.writeBigUInt64LE(BigInt(value)));
const text = (value: string): Value => {
  const bytes = Buffer.from(value, 'utf8');
  return { type: 8, bytes: Buffer.concat([uint64(bytes.length), bytes]) };
};
const array = (type: number, items: readonly Buffer[]): Value => ({
  type: 9,
  bytes: Buffer.concat([uint32(type).bytes, uint64(items.length), ...items]),
});

/** Types of tokens in llama.cpp: 1 normal, 2 unknown, 3 control, 6 byte. */
function tokens(): readonly { readonly text: string; readonly type: number }[] {
  const control = ['<s>', '</s>', '<PRE>', '<SUF>', '<MID>'].map((name) => ({ text: name, type: 3 }));
  const bytes = Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: 6,
  }));
  const words = ['▁the', '▁return', '▁const', '▁a', '▁b', '▁=', '▁+', ';', '(', ')', '▁x', '▁value'];
  return [
    { text: '<unk>', type: 2 },
    ...control,
    ...bytes,
    ...words.map((word) => ({ text: word, type: 1 })),
  ];
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

function randomTensors(vocabulary: number): readonly Tensor[] {
  const draw = seeded(7);
  const tensor = (name: string, ...shape: number[]): Tensor => {
    const size = shape.reduce((product, side) => product * side, 1);
    return { name, shape, values: Float32Array.from({ length: size }, () => draw() - 0.5) };
  };
  const norm = (name: string): Tensor => ({ name, shape: [WIDTH], values: new Float32Array(WIDTH).fill(1) });
  return [
    tensor('token_embd.weight', WIDTH, vocabulary),
    norm('output_norm.weight'),
    tensor('output.weight', WIDTH, vocabulary),
    norm('blk.0.attn_norm.weight'),
    tensor('blk.0.attn_q.weight', WIDTH, WIDTH),
    tensor('blk.0.attn_k.weight', WIDTH, WIDTH),
    tensor('blk.0.attn_v.weight', WIDTH, WIDTH),
    tensor('blk.0.attn_output.weight', WIDTH, WIDTH),
    norm('blk.0.ffn_norm.weight'),
    tensor('blk.0.ffn_gate.weight', WIDTH, FEED_FORWARD),
    tensor('blk.0.ffn_down.weight', FEED_FORWARD, WIDTH),
    tensor('blk.0.ffn_up.weight', WIDTH, FEED_FORWARD),
  ];
}

function file(metadata: readonly [string, Value][], tensors: readonly Tensor[]): Buffer {
  const head = [
    Buffer.from('GGUF'),
    uint32(3).bytes,
    uint64(tensors.length),
    uint64(metadata.length),
    ...metadata.flatMap(([key, value]) => [text(key).bytes, uint32(value.type).bytes, value.bytes]),
  ];
  const bodies: Buffer[] = [];
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    head.push(
      text(name).bytes,
      uint32(shape.length).bytes,
      ...shape.map(uint64),
      uint32(0).bytes,
      uint64(offset),
    );
    const body = padded(Buffer.from(values.buffer));
    bodies.push(body);
    offset += body.length;
  }
  return Buffer.concat([padded(Buffer.concat(head)), ...bodies]);
}

const padded = (buffer: Buffer): Buffer =>
  Buffer.concat([buffer, Buffer.alloc((ALIGNMENT - (buffer.length % ALIGNMENT)) % ALIGNMENT)]);
