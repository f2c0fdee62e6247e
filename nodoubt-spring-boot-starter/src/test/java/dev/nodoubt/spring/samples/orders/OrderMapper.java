package dev.nodoubt.spring.samples.orders;

import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;

/** A mapper of MyBatis. */
interface OrderMapper {

    @Update("UPDATE orders SET paid = true WHERE id = #{id}")
    void pay(@Param("id") int id);
}
