package dev.nodoubt.spring.samples.orders;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.DurableCalls;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.mybatis.spring.SqlSessionFactoryBean;
import org.mybatis.spring.SqlSessionTemplate;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Transactional;

/** With MyBatis, whose sessions Spring's transactions manage. */
public class MyBatisOrders implements Orders {

    private final OrderMapper orders;
    private final DurableCalls calls;

    MyBatisOrders(OrderMapper orders, DurableCalls calls) {
        this.orders = orders;
        this.calls = calls;
    }

    @Override
    @Transactional
    public IdempotencyKey pay(int id) {
        orders.pay(id);
        return calls.send(Orders.mail(id));
    }

    /** The application around it. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(MyBatisOrders.class)
    public static class Application {

        @Bean
        SqlSessionFactory sessions(DataSource dataSource) throws Exception {
            SqlSessionFactoryBean factory = new SqlSessionFactoryBean();
            factory.setDataSource(dataSource);
            return Objects.requireNonNull(factory.getObject());
        }

        @Bean
        OrderMapper orderMapper(SqlSessionFactory sessions) {
            sessions.getConfiguration().addMapper(OrderMapper.class);
            return new SqlSessionTemplate(sessions).getMapper(OrderMapper.class);
        }
    }
}
