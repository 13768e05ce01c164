"""Duties without a date: who is asked by a closing, what units do in turn, what is told of things, what asks nobody."""

from __future__ import annotations

import pytest

from tests.nlp.texts import HEAD, facts_of

CS, PH, TT, TX, SO = "co_so_giao_duc", "phong_gddt", "don_vi_truc_thuoc", "trung_tam_gdtx", "so_gddt"
PHONG = (
    "UBND HUYỆN TÂN AN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 215/PGDĐT\nTân An, ngày 12 tháng 10 năm 2020\n"
    "Kính gửi: Hiệu trưởng các trường tiểu học, THCS\n"
)
BO = (
    "BỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 3310/BGDĐT-GDTX\nV/v công tác xóa mù chữ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\nHà Nội, ngày 05 tháng 9 năm 2023\nKính gửi: Các sở giáo dục và đào tạo\n"
)
LEAD = "Sở GDĐT yêu cầu các đơn vị thực hiện các nội dung sau:\n"
PLAIN = "Đề nghị các đơn vị thực hiện các nội dung sau:\n"

#: A body, its letterhead, whom its closing asks (or the item of a section).
TROUBLE = [
    (
     "1. Trường THPT, trung tâm GDTX:\n- Lập danh sách học sinh diện chính sách.\nTrong quá trình "
     "thực hiện, nếu có vướng mắc, các đơn vị báo cáo về Sở GDĐT để được hướng dẫn.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "1. Công việc chung.\n2. Phòng GDTrH - Sở GDĐT:\n- Theo dõi, tổng hợp kết quả của các đơn "
     "vị.\nKhó khăn, vướng mắc đề nghị phản ánh về Sở GDĐT (qua Phòng GDTrH).\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "1. Văn phòng Sở bố trí hội trường, nước uống.\nQuá trình triển khai có khó khăn, đề nghị thủ "
     "trưởng các đơn vị báo cáo kịp thời về Sở GDĐT.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "II. TỔ CHỨC THỰC HIỆN\n1. Các phòng thuộc Sở\n- Kiểm tra việc thực hiện ở cơ sở.\nNếu có vấn đề "
     "phát sinh, vướng mắc, các đơn vị phản ánh về Văn phòng Sở.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "II. TỔ CHỨC THỰC HIỆN\n2. Các trường mầm non\n- Niêm yết thực đơn hằng ngày.\nTrong quá trình tổ "
     "chức thực hiện, nếu có khó khăn thì báo cáo Sở GDĐT xem xét.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "III. PHÂN CÔNG\n1. Các phòng GDĐT:\n- Mở 02 lớp xóa mù chữ.\n2. Các cơ sở giáo dục:\n- Huy động "
     "người học ra lớp.\nMọi vướng mắc đề nghị các sở GDĐT phản ánh về Bộ GDĐT (qua Vụ GDTX).\n",
     BO, {SO},
    ),
    (
     "III. PHÂN CÔNG\n1. Các phòng GDĐT:\n- Mở 02 lớp xóa mù chữ.\nTrong quá trình thực hiện, nếu có "
     "khó khăn, vướng mắc đề nghị báo cáo Bộ GDĐT để kịp thời giải quyết.\n",
     BO, {SO},
    ),
    (
     "1. Bộ phận chuyên môn của Phòng:\n- Kiểm tra việc ra đề.\nNếu có khó khăn, các trường báo về "
     "Phòng GDĐT.\n",
     PHONG, {CS},
    ),
    (
     "1. Các trường THPT:\n- Báo cáo kịp thời khó khăn, vướng mắc về Sở GDĐT.\n2. Phòng GDĐT:\n- Kiểm "
     "tra 03 trường.\n",
     HEAD, {CS},
    ),
    (
     "1. Các phòng GDĐT:\n- Tổng hợp khó khăn, vướng mắc của các trường, báo cáo Sở GDĐT.\n2. Các "
     "trường:\n- Lập sổ theo dõi.\n",
     HEAD, {PH},
    ),
    (
     "1. Thanh tra Sở: kiểm tra đột xuất 05 đơn vị.\nPhát sinh vướng mắc, các đơn vị gửi về Thanh "
     "tra Sở để tổng hợp, trình Giám đốc.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "2. Trung tâm GDTX: mở lớp phổ cập.\nTrong quá trình thực hiện có gì vướng mắc, đề nghị các "
     "phòng GDĐT, các trường phản ánh về Sở GDĐT.\n",
     HEAD, {CS, PH},
    ),
    (
     "4. Phòng Tổ chức cán bộ: theo dõi, đôn đốc.\nTrong quá trình triển khai, nếu gặp khó khăn, thủ "
     "trưởng các đơn vị phản ánh về Sở GDĐT.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "2. Các trường THPT có lớp chuyên:\n- Xếp lớp theo nguyện vọng.\nVướng mắc phát sinh đề nghị gửi "
     "về Sở GDĐT (qua Phòng GDTrH) để được giải đáp.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "2. Phòng GDĐT:\n- Thành lập đoàn kiểm tra.\nTrong quá trình thực hiện, có khó khăn phát sinh, "
     "đề nghị các đơn vị báo cáo bằng văn bản về Sở GDĐT.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "2. Các cơ sở giáo dục mầm non:\n- Tổ chức Tết Trung thu cho trẻ.\nNếu có vướng mắc, đề nghị các "
     "sở phản ánh về Bộ (Vụ GDMN).\n",
     BO, {SO},
    ),
    (
     "3. Tổ Phổ thông của Phòng:\n- Tổng hợp số liệu.\nTrong quá trình thực hiện nếu có vướng mắc, "
     "các đơn vị phản ánh về Phòng GDĐT.\n",
     PHONG, {CS},
    ),
    (
     "1. Phòng GDĐT:\n- Báo cáo khó khăn, vướng mắc về Sở GDĐT qua Phòng GDTrH.\n2. Trường THPT:\n- Mở "
     "sổ theo dõi.\n",
     HEAD, {PH},
    ),
    (
     "5. Các trường mầm non: lưu mẫu thức ăn.\nQuá trình thực hiện, có khó khăn, vướng mắc, đề nghị "
     "thủ trưởng các đơn vị báo cáo về Sở GDĐT (qua Phòng GDMN) để xem xét, giải quyết.\n",
     HEAD, {PH, TT, TX},
    ),
    (
     "1. Trường THPT:\n- Phản ánh kịp thời vướng mắc về Sở GDĐT.\n2. Trung tâm GDTX:\n- Mở lớp.\n",
     HEAD, {CS},
    ),
    (
     "6. Thanh tra Sở theo dõi.\nNếu có khó khăn, các trường THPT báo cáo về Sở GDĐT.\n",
     HEAD, {CS},
    ),
]  # fmt: skip
#: A sentence; of each part who does it, the levels, the task.
TURNS = [
    ("Mỗi phòng GDĐT chọn 03 giáo viên, mỗi trường THPT chọn 01 giáo viên tham gia Ban giám khảo.",
     [({PH}, [], "Mỗi phòng GDĐT chọn 03 giáo viên tham gia Ban giám khảo."),
      ({CS}, ["thpt"], "Mỗi trường THPT chọn 01 giáo viên tham gia Ban giám khảo.")]),
    ("Mỗi trường tiểu học cử 02 học sinh, mỗi trường THCS cử 03 học sinh dự giao lưu cấp huyện.",
     [({CS}, ["tieu_hoc"], "Mỗi trường tiểu học cử 02 học sinh dự giao lưu cấp huyện."),
      ({CS}, ["thcs"], "Mỗi trường THCS cử 03 học sinh dự giao lưu cấp huyện.")]),
    ("Mỗi phòng GDĐT gửi không quá 05 sáng kiến; mỗi trường THPT gửi không quá 02 sáng kiến.",
     [({PH}, [], "Mỗi phòng GDĐT gửi không quá 05 sáng kiến."),
      ({CS}, ["thpt"], "Mỗi trường THPT gửi không quá 02 sáng kiến.")]),
    ("Số lượng: mỗi phòng GDĐT 10 tiết mục, mỗi trường THPT 02 tiết mục, mỗi trung tâm GDTX 01 tiết "
     "mục.",
     [({PH}, [], "Mỗi phòng GDĐT 10 tiết mục."),
      ({CS}, ["thpt"], "Mỗi trường THPT 02 tiết mục."),
      ({TX}, ["gdtx"], "Mỗi trung tâm GDTX 01 tiết mục.")]),
    ("Mỗi trường THPT thành lập 01 đội tuyển, mỗi trung tâm GDTX thành lập 01 đội tuyển.",
     [({CS}, ["thpt"], "Mỗi trường THPT thành lập 01 đội tuyển."),
      ({TX}, ["gdtx"], "Mỗi trung tâm GDTX thành lập 01 đội tuyển.")]),
    ("Mỗi phòng GDĐT cử 01 lãnh đạo, 02 chuyên viên làm cộng tác viên thanh tra.",
     [({PH}, [], "Mỗi phòng GDĐT cử 01 lãnh đạo, 02 chuyên viên làm cộng tác viên thanh tra.")]),
    ("Mỗi phòng GDĐT kiểm tra ít nhất 03 trường, mỗi trường kiểm tra 02 tổ chuyên môn.",
     [({PH}, [], "Mỗi phòng GDĐT kiểm tra ít nhất 03 trường."),
      ({CS}, [], "Mỗi trường kiểm tra 02 tổ chuyên môn.")]),
    ("Phòng GDĐT chọn 15 tác phẩm, trường THPT chọn 05 tác phẩm dự triển lãm.",
     [({PH}, [], "Chọn 15 tác phẩm dự triển lãm."),
      ({CS}, ["thpt"], "Chọn 05 tác phẩm dự triển lãm.")]),
    ("Mỗi trường mầm non xây dựng 01 góc thư viện, mỗi trường tiểu học xây dựng 01 thư viện xanh.",
     [({CS}, ["mam_non"], "Mỗi trường mầm non xây dựng 01 góc thư viện."),
      ({CS}, ["tieu_hoc"], "Mỗi trường tiểu học xây dựng 01 thư viện xanh.")]),
    ("Mỗi trường tiểu học, THCS cử 01 giáo viên, 01 nhân viên y tế dự tập huấn.",
     [({CS}, ["thcs", "tieu_hoc"], "Mỗi trường tiểu học, THCS cử 01 giáo viên, 01 nhân viên y tế dự tập huấn.")]),
    ("Mỗi phòng GDĐT chọn không quá 04 dự án, mỗi trường THPT không quá 02 dự án.",
     [({PH}, [], "Mỗi phòng GDĐT chọn không quá 04 dự án."),
      ({CS}, ["thpt"], "Mỗi trường THPT chọn không quá 02 dự án.")]),
    ("Mỗi trường THPT giới thiệu 02 giáo viên Ngữ văn, mỗi trung tâm GDTX giới thiệu 01 giáo viên.",
     [({CS}, ["thpt"], "Mỗi trường THPT giới thiệu 02 giáo viên Ngữ văn."),
      ({TX}, ["gdtx"], "Mỗi trung tâm GDTX giới thiệu 01 giáo viên.")]),
    ("Mỗi phòng GDĐT tổ chức 02 chuyên đề; mỗi trường THCS tổ chức 01 chuyên đề.",
     [({PH}, [], "Mỗi phòng GDĐT tổ chức 02 chuyên đề."),
      ({CS}, ["thcs"], "Mỗi trường THCS tổ chức 01 chuyên đề.")]),
    ("Mỗi phòng GDĐT cử 12 vận động viên, các trường THPT mỗi trường cử 06 vận động viên.",
     [({PH}, [], "Mỗi phòng GDĐT cử 12 vận động viên."),
      ({CS}, ["thpt"], "Cử 06 vận động viên.")]),
    ("Mỗi trường THCS trồng 50 cây, mỗi trường THPT trồng 100 cây.",
     [({CS}, ["thcs"], "Mỗi trường THCS trồng 50 cây."),
      ({CS}, ["thpt"], "Mỗi trường THPT trồng 100 cây.")]),
    ("Các phòng GDĐT lập 01 tổ tư vấn, các trường THPT lập 01 nhóm hỗ trợ kỹ thuật.",
     [({PH}, [], "Lập 01 tổ tư vấn."),
      ({CS}, ["thpt"], "Lập 01 nhóm hỗ trợ kỹ thuật.")]),
    ("Mỗi phòng GDĐT chọn 05 bài, mỗi trường THPT chọn 02 bài, mỗi trung tâm GDTX chọn 01 bài đăng "
     "trên trang của Sở.",
     [({PH}, [], "Mỗi phòng GDĐT chọn 05 bài đăng trên trang của Sở."),
      ({CS}, ["thpt"], "Mỗi trường THPT chọn 02 bài đăng trên trang của Sở."),
      ({TX}, ["gdtx"], "Mỗi trung tâm GDTX chọn 01 bài đăng trên trang của Sở.")]),
    ("Mỗi phòng GDĐT phân công 01 lãnh đạo và 01 chuyên viên phụ trách.",
     [({PH}, [], "Mỗi phòng GDĐT phân công 01 lãnh đạo và 01 chuyên viên phụ trách.")]),
    ("Mỗi trường THPT mở 01 hòm thư góp ý, 01 đường dây nóng.",
     [({CS}, ["thpt"], "Mỗi trường THPT mở 01 hòm thư góp ý, 01 đường dây nóng.")]),
]  # fmt: skip
ASKED = [
    "Việc lưu trữ hồ sơ tuân thủ quy định tại Thông tư số 27/2016/TT-BGDĐT.",
    "Định mức giờ dạy của giáo viên áp dụng theo Thông tư số 28/2009/TT-BGDĐT.",
    "Diện tích phòng học bảo đảm quy định tại Thông tư số 13/2020/TT-BGDĐT.",
    "Bài khảo sát được dọc phách, chấm hai vòng độc lập.",
    "Nước uống của trẻ được xét nghiệm theo Quy chuẩn ban hành kèm theo Thông tư số "
    "41/2018/TT-BYT.",
    "Trẻ chưa biết tự xúc ăn thì giáo viên trao đổi với phụ huynh để cùng rèn luyện.",
    "Giáo viên vắng phải báo trước và bố trí người dạy thay.",
    "Khi đến nhận bằng mang theo căn cước công dân, giấy giới thiệu.",
    "Công tác kế toán của đơn vị vẫn thực hiện theo Thông tư số 107/2017/TT-BTC.",
    "Số liệu báo cáo phải khớp với số liệu trên cơ sở dữ liệu ngành.",
    "Dữ liệu học sinh được đối chiếu với sổ đăng bộ mỗi học kỳ một lần.",
    "Học sinh yếu được nhà trường tổ chức phụ đạo miễn phí.",
    "Việc đấu nối camera tuân theo quy định tại Công văn số 512/SGDĐT-VP.",
    "Sĩ số học sinh mỗi lớp bảo đảm theo quy định tại Thông tư số 32/2020/TT-BGDĐT.",
    "Bếp ăn được kiểm tra, khử khuẩn theo hướng dẫn của ngành y tế.",
    "Học sinh đi học muộn nhiều lần thì giáo viên chủ nhiệm mời cha mẹ đến trao đổi.",
    "Đại biểu vắng mặt phải có văn bản xin phép và cử người dự thay.",
    "Khi đi tập huấn mang theo máy tính xách tay và tài khoản đã cấp.",
    "Hồ sơ xét tặng vẫn làm theo Nghị định số 27/2015/NĐ-CP.",
    "Thông tin trên học bạ phải thống nhất với giấy khai sinh.",
    "Bể nước được thau rửa mỗi quý một lần.",
    "Học sinh khuyết tật được trường lập kế hoạch giáo dục cá nhân.",
]  # fmt: skip
#: What asks nobody, and what a title only names.
NOT_ASKED = [
    "Sở GDĐT thông báo để các đơn vị biết, thực hiện.",
    "Có gì chưa rõ, đề nghị các đơn vị điện thoại về Sở để thống nhất thực hiện.",
    "Cán bộ được tập huấn về: phòng cháy, chữa cháy; sơ cứu người bị nạn.",
    "Đề nghị các đơn vị cử người dự đúng thành phần.",
    "Sở GDĐT trừ điểm thi đua đối với đơn vị gửi chậm.",
    "Nhận được công văn này, đề nghị thủ trưởng các đơn vị triển khai ngay.",
    "Giải pháp phải phù hợp, khả thi, tránh hình thức.",
    "Phòng GDTrH thông báo để các trường biết và thực hiện.",
    "Có vấn đề chưa rõ, các đơn vị gọi điện về Phòng KHTC để trao đổi.",
    "Đề nghị các đơn vị bố trí đại biểu dự họp đầy đủ, đúng thành phần.",
    "Sở GDĐT không xét thi đua đối với đơn vị nộp hồ sơ muộn.",
    "Nhận được văn bản này, yêu cầu các trường triển khai thực hiện ngay.",
    "Hoạt động phải thiết thực, an toàn, tiết kiệm.",
    "Yêu cầu các đơn vị nghiêm túc thực hiện công văn này.",
    "Nội dung kiểm tra như năm học trước.",
]  # fmt: skip
#: Behind whom or when it is for, behind "chỉ", of a share, under what a thing is: items as they stand.
ASKED_BEHIND = [
    "2. Đối với học sinh bán trú, kiểm tra sức khỏe trước khi nhận vào ở.",
    "2. Với lớp ghép, bố trí hai bảng quay về hai phía.",
    "2. Trong giờ ra chơi, phân công giáo viên trực hành lang.",
    "2. Trước mỗi buổi thực hành, kiểm tra dụng cụ, hóa chất.",
    "2. Các trường chỉ tổ chức dạy thêm cho học sinh yếu, không thu tiền.",
    "2. Trong khi chờ sách, các trường tiểu học chỉ sử dụng bản mềm do nhà xuất bản cung cấp.",
    "2. Tỷ lệ chuyên cần của trẻ phấn đấu đạt 95%.",
    "2. Số trường có thư viện đạt chuẩn phấn đấu đạt trên 60%.",
    "2. Mỗi tổ có từ 05 đến 07 giáo viên, họp hai tuần một lần.",
    "2. Phòng GDĐT triển khai công văn này đến các trường mầm non, tiểu học, THCS.",
    "2. Đề nghị Trưởng phòng GDĐT triển khai văn bản này tới toàn thể giáo viên.",
    "2. Kinh phí tập luyện của đội do nhà trường đảm bảo từ nguồn chi thường xuyên.",
    "2. Kinh phí tổ chức cấp huyện được bảo đảm từ ngân sách huyện.",
    "2. Trường chưa có máy in màu thì in đen trắng, ghi rõ thang màu.",
    "2. Đối với em nghỉ học dài ngày, giáo viên chủ nhiệm đến nhà vận động ra lớp.",
    "4. Nội dung thi\n- Các trường bố trí phòng chờ, nước uống cho giáo viên dự thi.",
    "3. Hình thức\n- Các phòng GDĐT chấm vòng sơ loại, chọn 10 bài tốt nhất.",
    "2. Học sinh giỏi được nhà trường bồi dưỡng ngoài giờ, không thu tiền.",
    "2. Ở điểm trường lẻ, giao giáo viên cắm bản giữ chìa khóa phòng thiết bị.",
    "2. Các trường tiểu học không phải lập kế hoạch riêng, chỉ đưa vào kế hoạch năm của trường.",
]
NOT_ASKED_BEHIND = [
    "2. Trong năm học qua, phong trào thi đua có nhiều khởi sắc.",
    "2. Đối với các môn còn lại, thời gian làm bài là 60 phút.",
    "2. Với sự quan tâm của các cấp, cơ sở vật chất được tăng cường.",
    "2. Tỷ lệ tốt nghiệp năm trước đạt 98%.",
    "2. Mỗi huyện có từ 10 đến 12 xã.",
    "4. Nội dung thi\n- Các trường chuyên thi thêm môn tự chọn.",
    "3. Đối tượng dự thi\n- Các trường THPT có lớp chuyên; học sinh lớp 11, lớp 12.",
    "2. Sau nhiều năm, các trường đã có nền nếp.",
    "2. Nhận được công văn này, yêu cầu các đơn vị khẩn trương thực hiện.",
    "2. Thủ trưởng các đơn vị triển khai công văn này nghiêm túc.",
    "2. Khi cần trao đổi thêm, liên hệ bà Hoa, chuyên viên.",
    "2. Ngoài những kết quả trên, một số đơn vị chưa kịp thời.",
    "2. Hiệu trưởng các trường mầm non không phải đi, kế hoạch của trường do UBND cấp xã bảo vệ.",
    "2. Các trường THPT do Sở quản lý (sau đây gọi là trường trực thuộc).",
    "2. Đăng tải trên trang thông tin điện tử:\n- Văn bằng, chứng chỉ do Sở GDĐT cấp từ năm 2015 đến nay;",
    "2. Kiểm kê các loại sổ:\n- Sổ gốc do Phòng GDĐT quản lý qua các thời kỳ;",
]
#: What stands before trouble is told is a duty of its own.
BEFORE_TROUBLE = [
    "2. Các trường báo cáo trung thực; nếu có khó khăn phản ánh về Sở GDĐT.",
    "2. Hiệu trưởng chịu trách nhiệm về số liệu; có vướng mắc thì báo cáo Phòng KHTC.",
]
TITLES = [
    "Kiểm kê tài sản công. Các đơn vị lập hội đồng kiểm kê.",
    "Thanh toán học phí không dùng tiền mặt. Trường THPT mở tài khoản chuyên thu.",
    "Tuyển sinh lớp 10. Trung tâm GDTX nhận hồ sơ tại trung tâm.",
    "Công khai tài chính. Thủ trưởng đơn vị công khai dự toán tại bảng tin.",
    "Quản lý dạy thêm. Trường THPT niêm yết danh sách lớp học thêm.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "head", "actor"), TROUBLE)
def test_whom_a_closing_asks(text: str, head: str, actor: set[str]) -> None:
    told = [
        duty
        for duty in facts_of((LEAD if head is HEAD else PLAIN) + text, head=head).duties
        if any(word in duty.task.lower() for word in ("vướng", "khó khăn", "phát sinh"))
    ]
    assert [set(duty.actor) for duty in told] == [actor]


@pytest.mark.parametrize(("text", "turns"), TURNS)
def test_turns(text: str, turns: list[tuple[set[str], list[str], str]]) -> None:
    duties = facts_of(f"{LEAD}1. Các mục.\n2. {text}\n").duties
    assert [(set(d.actor), sorted(map(str, d.levels or ())), d.task) for d in duties] == turns


@pytest.mark.parametrize("text", ASKED)
def test_one_duty(text: str) -> None:
    assert len(facts_of(f"{LEAD}1. Các mục.\n2. {text}\n").duties) == 1


@pytest.mark.parametrize("text", NOT_ASKED)
def test_no_duty(text: str) -> None:
    assert [duty.task for duty in facts_of(f"{LEAD}1. Các mục.\n2. {text}\n").duties] == []


@pytest.mark.parametrize("text", TITLES)
def test_title_that_runs_in(text: str) -> None:
    first = "1. Lập dự toán. Các đơn vị lập dự toán theo mẫu gửi kèm."
    assert len(facts_of(f"{LEAD}{first}\n2. {text}\n").duties) == 2


@pytest.mark.parametrize("text", ASKED_BEHIND)
def test_asked_behind(text: str) -> None:
    assert len(facts_of(f"{LEAD}1. Các mục.\n{text}\n").duties) == 1


@pytest.mark.parametrize("text", NOT_ASKED_BEHIND)
def test_not_asked_behind(text: str) -> None:
    assert [duty.task for duty in facts_of(f"{LEAD}1. Các mục.\n{text}\n").duties] == []


@pytest.mark.parametrize("text", BEFORE_TROUBLE)
def test_before_trouble(text: str) -> None:
    assert len(facts_of(f"{LEAD}1. Các mục.\n{text}\n").duties) == 2
