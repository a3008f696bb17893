/*
 * Just enough of ONNX's format, which is Protocol Buffers. The numbers are those of its schema
 * (onnx.proto3): ModelProto.graph is 7; GraphProto.node is 1 and .output 12; NodeProto has .input 1,
 * .output 2 and .op_type 4; ValueInfoProto has .name 1 and .type 2; TypeProto.tensor_type is 1, and its
 * .elem_type 1.
 */

/** A field whose value is a text or a message; none here is longer than one byte can say. */
function field(number, value) {
  const bytes = Buffer.from(value)
  if (bytes.length > 127) throw new RangeError("a field of more than 127 bytes")
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes])
}

const message = (...fields) => Buffer.concat(fields)

/** TensorProto.DataType.FLOAT, as the only field of a tensor's type. */
const FLOAT_TENSOR = Buffer.from([(1 << 3) | 0, 1])

/**
 * Gives a value of a model another name under which it is an output too.
 *
 * @param {Buffer} model An ONNX file's contents.
 * @param {{ from: string, to: string }} names `from` holds 32-bit floats.
 * @returns {Buffer} The file with one node and one output more. They are appended: of a message that
 *   occurs twice, as the graph then does, the lists are joined.
 */
export function withOutput(model, { from, to }) {
  const node = message(field(1, from), field(2, to), field(4, "Identity"))
  const output = message(field(1, to), field(2, field(1, FLOAT_TENSOR)))
  return Buffer.concat([model, field(7, message(field(1, node), field(12, output)))])
}
