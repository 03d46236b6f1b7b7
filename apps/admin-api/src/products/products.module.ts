import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangesModule } from '../changes/index.js';
import { CreateProduct } from './create-product.js';
import { DeleteProduct } from './delete-product.js';
import { GetProduct } from './get-product.js';
import { ListProducts } from './list-products.js';
import { PRODUCT_MODEL, productSchema } from './product.schema.js';
import { ProductsController } from './products.controller.js';
import { ProductsRepository } from './products.repository.js';
import { UpdateProduct } from './update-product.js';

@Module({
  imports: [ChangesModule, MongooseModule.forFeature([{ name: PRODUCT_MODEL, schema: productSchema }])],
  controllers: [ProductsController],
  providers: [ProductsRepository, CreateProduct, ListProducts, GetProduct, UpdateProduct, DeleteProduct],
})
export class ProductsModule {}
