/** The baseline of the checkout bench: one Fastify route, one mongoose insert, nothing else. */
import fastify from 'fastify';
import mongoose from 'mongoose';
import { randomBytes } from 'node:crypto';

const { PORT, MONGODB_URI } = process.env;
if (!PORT || !MONGODB_URI) throw new Error('PORT and MONGODB_URI are needed');

const schema = new mongoose.Schema(
  {
    shortCode: { type: String, unique: true },
    amount: Number,
    currency: String,
    email: String,
    externalReference: String,
    items: [{ _id: false, name: String, quantity: Number, unitPrice: Number, vatRate: Number, itemType: String }],
  },
  { timestamps: true },
);
const Checkout = mongoose.model('BareCheckout', schema);

await mongoose.connect(MONGODB_URI, { dbName: 'paygate_bench_baseline' });
await Checkout.init();
const app = fastify();
app.post('/checkouts', async (request) => {
  const checkout = await Checkout.create({ ...(request.body as object), shortCode: randomBytes(8).toString('base64url') });
  return { id: checkout.id, shortCode: checkout.shortCode };
});
process.once('SIGTERM', () => {
  void app
    .close()
    .then(() => mongoose.disconnect())
    .then(() => process.exit(0));
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
